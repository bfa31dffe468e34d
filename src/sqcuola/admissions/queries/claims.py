"""What one person claimed to have done, as handed in, with what shows it: for who coordinates, after the closing."""

from dataclasses import dataclass
from decimal import Decimal

from sqcuola.admissions.models import Application, ApplicationFile
from sqcuola.admissions.queries.filing import FileLine, line_of
from sqcuola.people.models import Person


@dataclass(frozen=True, slots=True)
class Claim:
    """One item: how many, the points they give, and how one can see it."""

    item: str
    number: int
    points: Decimal
    most: Decimal
    words: str
    files: list[FileLine]


def application_by_code(_person: Person, slug: str, code: str) -> Application:
    """Load an application by its code; the view's rule judges who may read its claims."""
    return Application.objects.select_related("edition", "person").get(edition__slug=slug, code=code)


def claims_of(application: Application) -> list[Claim]:
    """Return what was claimed, in the order in which it was asked."""
    shown: dict[int | None, list[FileLine]] = {}
    there = ApplicationFile.objects.filter(
        application=application, item__isnull=False, handed_in_at__isnull=False
    )
    for file in there.select_related("file"):
        file.application = application
        shown.setdefault(file.item_id, []).append(line_of(file))
    claims = application.claims.select_related("item").order_by("item__position")
    return [
        Claim(
            item=claim.item.words,
            number=claim.number,
            points=claim.item.points_for(claim.number),
            most=claim.item.most,
            words=claim.evidence,
            files=shown.get(claim.item_id, []),
        )
        for claim in claims
    ]
