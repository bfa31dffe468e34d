"""The school's mark."""

from django.http import HttpResponse

from sqcuola.editions import queries
from sqcuola.kernel.access import anyone
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Missing

YEAR = 365 * 24 * 3600


@anyone()
def mark(request: Request, digest: str) -> HttpResponse:
    """Send the school's mark. A new mark has a new address, so each can be kept for a year."""
    del request, digest
    school = queries.school()
    if school is None or not school.mark:
        raise Missing
    answer = HttpResponse(bytes(school.mark), content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer
