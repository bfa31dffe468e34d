"""Requests for more time or an aid at the test: read by who keeps their papers."""

from datetime import datetime

from django.db.models import Q, QuerySet

from sqcuola.admissions.models import Accommodation
from sqcuola.editions.models import Edition, Role
from sqcuola.editions.queries import lasting
from sqcuola.kernel.prepared import prepared
from sqcuola.people.models import Person


def accommodations_of(edition: Edition) -> list[Accommodation]:
    """Return the requests of an edition that came with an application handed in, the oldest first."""
    handed_in = Accommodation.objects.filter(
        application__edition=edition,
        application__submitted_at__isnull=False,
        application__withdrawn_at=None,
    )
    return list(handed_in.select_related("application__person").order_by("asked_at", "pk"))


def accommodation_for(_person: Person, slug: str, code: str) -> Accommodation:
    """Load a request by the code of its application; the view's rule judges."""
    return Accommodation.objects.select_related("application__edition", "application__person").get(
        application__edition__slug=slug, application__code=code
    )


def papers_are_kept(edition: Edition, at: datetime) -> bool:
    """Say whether somebody holds the role that may read the requests of an edition."""
    return _keeper.first(edition.pk, at) is not None


@prepared
def _keeper(edition: int, at: datetime) -> QuerySet[Role, int]:
    keepers = Role.objects.filter(Q(edition=None) | Q(edition=edition), lasting(at), kind=Role.Kind.PAPERS)
    return keepers.values_list("pk", flat=True)[:1]
