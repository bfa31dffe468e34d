"""Handing a file out, so that it can do nothing: never run, never framed, never taken for another kind."""

import logging

from django.http import FileResponse, HttpResponse

from sqcuola.kernel import errors
from sqcuola.kernel.files.taking import read
from sqcuola.kernel.models import StoredFile
from sqcuola.kernel.verdicts import Missing

log = logging.getLogger("sqcuola.files")

SANDBOX = "sandbox; default-src 'none'"


def response(file: StoredFile | None) -> FileResponse | HttpResponse:
    """Return a stored file to whom the owning room's rule has let in; whole, whatever part was asked for.

    A picture that was drawn anew may stand in a page; everything else is saved by the browser, not opened in it. While
    the place where files are kept is silent it is a page that says so (503).
    """
    if file is None or not file.is_ready:
        raise Missing
    try:
        opened = read(file)
    except FileNotFoundError:
        raise Missing from None
    except OSError as problem:
        log.error("A file could not be read: %s.", problem)  # noqa: TRY400 - the way there says nothing more
        return errors.file_away()
    answer = FileResponse(
        opened, as_attachment=not file.is_picture, filename=file.name, content_type=_type(file.kind)
    )
    answer["Content-Length"] = str(file.size)
    answer["Accept-Ranges"] = "none"
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Security-Policy"] = SANDBOX
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _type(kind: str) -> str:
    return "text/plain; charset=utf-8" if kind == "text/plain" else kind
