"""Lists of applicants that who coordinates may write to."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sqcuola.admissions.models import Application, Offer, Test
from sqcuola.admissions.queries.scores import OWNER
from sqcuola.editions.models import Edition
from sqcuola.editions.rules import may_coordinate
from sqcuola.kernel.lists import Members, register
from sqcuola.people.models import Person
from sqcuola.questions.models import Attempt

HANDED_IN = Q(submitted_at__isnull=False, withdrawn_at=None)


def _applicants(condition: Q) -> Members:
    def members(edition: Edition, _person: Person, _at: datetime) -> QuerySet[Person]:
        applications = Application.objects.filter(condition, edition=edition, person=OuterRef("pk"))
        return Person.objects.filter(Exists(applications)).order_by("name", "pk")

    return members


def _absent(edition: Edition, _person: Person, at: datetime) -> QuerySet[Person]:
    """Who handed in, and let the hours of the test pass."""
    over = Test.objects.filter(edition=edition, ends__lte=at)
    came = Attempt.objects.filter(
        owner=OWNER, thing__in=over.values("pk"), trial=False, person=OuterRef("pk")
    )
    applications = Application.objects.filter(HANDED_IN, edition=edition, person=OuterRef("pk"))
    return Person.objects.filter(Exists(over), Exists(applications), ~Exists(came)).order_by("name", "pk")


COLUMNS = ((_("name"), lambda person: person.name), (_("mail address"), lambda person: person.email))

for key, title, members in (
    (
        "unfinished",
        _("who has not finished the application"),
        _applicants(Q(submitted_at=None, withdrawn_at=None)),
    ),
    ("submitted", _("who handed in the application"), _applicants(HANDED_IN)),
    ("absent", _("who did not come to the test"), _absent),
    ("offered", _("who has not answered an offer"), _applicants(Q(offer__state=Offer.State.MADE))),
    ("accepted", _("who accepted a seat"), _applicants(Q(offer__state=Offer.State.ACCEPTED))),
    (
        "waiting",
        _("who is on the waiting list"),
        _applicants(Q(line__isnull=False, offer=None, withdrawn_at=None)),
    ),
):
    register(key, title=title, members=members, may_see=may_coordinate, columns=COLUMNS)
