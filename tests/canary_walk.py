"""Opens every url of the house as each kind of person, and says who came across which canary (see tests/canaries.py)."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.urls import get_resolver, reverse
from tests.canaries import MAY_READ, SELF, Canary, Found

from sqcuola.admissions.models import Draft
from sqcuola.editions.models import Clarification
from sqcuola.kernel import lists, permissions
from sqcuola.kernel.checks import doors

KINDS = (
    "visitor",
    "stranger",
    "administrator",
    "coordinator",
    "teacher",
    "keeper of papers",
    "applicant",
    "classmate",
    "teacher of the class",
    "reader with papers",
    SELF,
)
Place = tuple[str, dict[str, Any]]


def places(cast: Any) -> list[Place]:
    """Return every url that answers GET, with the arguments of the matrix and with Zelinda's own."""
    listed: list[Place] = [
        (row.url, row.kwargs(cast)) for _room, row in permissions.rows() if row.method == "GET"
    ]
    listed += [
        (door.name, {})
        for door in doors(get_resolver())
        if door.name.startswith("admin:") and not parameters(door)
    ]
    # The editions she is in: she applies, is asked to take on a role, is in the class.
    slugs = [cast.adm_open.slug, cast.edition.slug, "with-a-class"]
    listed += [
        (door.name, {"slug": slug}) for door in readable() if parameters(door) == ["slug"] for slug in slugs
    ]
    return list({repr(place): place for place in [*listed, *own(cast)]}.values())


def own(cast: Any) -> Iterator[Place]:
    """Yield the urls of what is Zelinda's."""
    her, application = cast.people[SELF], cast.things["zelinda's application"]
    here = {"slug": application.edition.slug}
    for section in Draft.Section.values:
        yield "admissions:section", {**here, "section": section}
    yield "admissions:decide", {**here, "code": application.code}
    for question in Clarification.objects.filter(edition=application.edition):
        yield "editions:answer", {**here, "number": question.pk}
    yield "editions:invitation", {"code": cast.things["zelinda's invitation"].code}
    yield "admissions:paper", {**here, "code": cast.things["zelinda's paper"].code}
    yield "admissions:evidence", {**here, "code": cast.things["zelinda's evidence"].code}
    for people in lists.seen_by(cast.people["coordinator"], application.edition, cast.at):
        yield "notices:write", {**here, "key": people.key}
    for code in ("PAPER0", "PAPER1"):
        yield "marking:paper", {"number": cast.mark_round.pk, "code": code}
    yield "people:page", {"handle": her.handle}
    yield "people:portrait", {"handle": her.handle, "number": 1}
    for code in (cast.things["zelinda's attempt"].code, application.test_code):
        for name in ("test", "all", "hand_in"):
            yield f"questions:{name}", {"code": code}
        yield "questions:page", {"code": code, "page": 1}


def readable() -> list[Any]:
    """Return the urls of ours that answer GET."""
    return [door for door in doors(get_resolver()) if "GET" in door.methods]


def parameters(door: Any) -> list[str]:
    return re.findall(r"<(?:\w+:)?(\w+)>", door.route)


def walk(
    cast: Any, canaries: list[Canary], listed: list[Place], kinds: tuple[str, ...] = KINDS
) -> list[Found]:
    """Open every place as each kind, and return each canary that somebody came across."""
    found = []
    for kind in kinds:
        for name, kwargs in listed:
            url = reverse(name, kwargs=kwargs)
            answer = cast.clients[kind].get(url, headers={"accept-language": "en"})
            found += [
                Found(kind, name, canary)
                for canary in among(canaries, said(answer))
                if canary.word not in url
            ]
    return found


def said(answer: HttpResponse) -> str:
    """Return all that an answer says: status, headers, cookies, body, whatever its kind."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return f"{answer.status_code}\n{headers}\n{answer.cookies.output()}\n{body.decode('utf-8', 'replace')}"


def among(canaries: list[Canary], text: str) -> list[Canary]:
    """Return the canaries that stand in a text."""
    wanted = {canary.word: canary for canary in canaries}
    pattern = re.compile("|".join(re.escape(word) for word in wanted))
    return [wanted[word] for word in sorted(set(pattern.findall(text)))]


def leaks(found: list[Found]) -> list[str]:
    """Say which canaries were read by who may not."""
    return sorted(
        {
            f"{one.kind} read {one.canary.field} at {one.where}"
            for one in found
            if one.kind != SELF
            and not {one.kind, f"{one.kind} at {one.where}"} & {*MAY_READ[one.canary.field]}
        }
    )


def unread(found: list[Found]) -> list[str]:
    """Say who may come across what and never did: a permission that nobody needs, or a walk that does not get there."""
    read = {(one.canary.field, one.kind) for one in found}
    return sorted(
        f"{allowed} never read {field}"
        for field, kinds in MAY_READ.items()
        for allowed in kinds
        if (kind := allowed.partition(" at ")[0]) in KINDS and (field, kind) not in read
    )
