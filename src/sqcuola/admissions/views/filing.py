"""Files of an application: with the form of a section, in pieces on a poor line, and handed out to whom the rules let in."""

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from sqcuola.admissions import actions, rules
from sqcuola.admissions.models import Application, ApplicationFile, Place
from sqcuola.admissions.queries import filing
from sqcuola.kernel import files
from sqcuola.kernel.access import POST, may
from sqcuola.kernel.models import PartialFile
from sqcuola.kernel.numbers import whole
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.people.requests import person_of


@dataclass(frozen=True, slots=True)
class Took:
    """What a form brought besides words: `at` is the place whose button was pressed, `refused` says why, by place."""

    at: str
    refused: dict[str, str]


def take_in(request: Request, application: Application, section: str) -> Took:
    """Take away the file whose button was pressed, and add those that were chosen."""
    by, at = person_of(request), request.at
    pressed = request.POST.get("add", "")
    taken = filing.own_file(application, request.POST.get("take_away", "-"))
    if taken is not None:
        actions.take_file_away(taken, by=by, at=at)
        pressed = Place(application, taken.item).slug
    refused: dict[str, str] = {}
    for place in filing.places_of(application, section) if request.FILES else []:
        for upload in request.FILES.getlist(f"files_{place.slug}"):
            try:
                actions.add_file(place, upload, by=by, at=at)
            except (files.UnfitError, Refused) as problem:
                refused[place.slug] = f"{upload.name}: {_said(problem)}"
    return Took(pressed, refused)


def _said(problem: files.UnfitError | Refused) -> str:
    return str(problem.reason) if isinstance(problem, Refused) else " ".join(problem.messages)


@may(rules.may_open_place, on=filing.own_place, methods=POST)
def pieces(request: Request, place: Place) -> HttpResponse:
    """Begin a file, or take its next piece; the last one answers with the list as it is now."""
    status = 200
    try:
        told = _next_piece(request, place)
    except files.MisfitError as misfit:
        told, status = {"received": misfit.received}, 409
    except files.UnfitError as unfit:
        told, status = {"words": _said(unfit)}, 422
    except Refused as refused:
        told, status = {"words": _said(refused)}, 403
    except PartialFile.DoesNotExist:
        raise Missing from None
    return JsonResponse(told, status=status)


def _next_piece(request: Request, place: Place) -> dict[str, Any]:
    by, at = person_of(request), request.at
    token = request.POST.get("token", "")
    if not token:
        size = _number(request, "size")
        partial = actions.begin_pieces(place, request.POST.get("name", ""), size, by=by, at=at)
        return {"token": partial.token, "received": 0}
    sent = request.FILES.get("piece")
    piece = sent.read(files.PIECE + 1) if sent else b""
    arrived = actions.add_piece(place, token, piece, offset=_number(request, "offset"), by=by, at=at)
    if arrived.file is None:
        return {"received": arrived.received}
    lines = [filing.line_of(file) for file in place.files()]
    listed = render_to_string("admissions/apply/files.html", {"lines": lines})
    return {"received": arrived.received, "list": listed}


def _number(request: HttpRequest, name: str) -> int:
    return whole(request.POST.get(name, ""), digits=15) or 0


@may(rules.may_open_evidence, on=filing.file_by_code)
def evidence(_request: Request, file: ApplicationFile) -> FileResponse | HttpResponse:
    """Hand out what shows a claim."""
    return files.response(file.file)


@may(rules.may_open_paper, on=filing.file_by_code)
def paper(_request: Request, file: ApplicationFile) -> FileResponse | HttpResponse:
    """Hand out a paper of who needs a hand at the test."""
    return files.response(file.file)
