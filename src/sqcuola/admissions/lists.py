"""Lists of applicants that who coordinates may write to."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sqcuola.admissions.models import Application, Offer, Test
from sqcuola.admissions.queries.scores import OWNER
from sqcuola.editions.models import Edition
from sqcuola.editions.rules import may_coordinate
from sqcuola.kernel.lists import Filter, Members, register
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


def _by_region(people: QuerySet[Person], _edition: Edition, value: str) -> QuerySet[Person]:
    return people.filter(profile__region=value)


def _regions(edition: Edition) -> list[tuple[str, str | Promise]]:
    applied = Application.objects.filter(edition=edition).exclude(person__profile__region="")
    found = applied.order_by("person__profile__region").values_list("person__profile__region", flat=True)
    return [(region, region) for region in found.distinct() if region]


def _by_channel(people: QuerySet[Person], edition: Edition, value: str) -> QuerySet[Person]:
    heard = Application.objects.filter(edition=edition, channel=value, person=OuterRef("pk"))
    return people.filter(Exists(heard))


def _channel(value: str) -> str | Promise:
    return dict(Application.Channel.choices).get(value, value)


def _by_words(people: QuerySet[Person], edition: Edition, value: str) -> QuerySet[Person]:
    named = Q(name__icontains=value)
    coded = Application.objects.filter(edition=edition, code__iexact=value, person=OuterRef("pk"))
    # A closed ranking stays closed. Before, it stands there by code alone: no code leads to a name.
    return people.filter(named | Exists(coded) if edition.ranking_closed_at else named)


FILTERS = (
    Filter("region", _("Region"), _by_region, _regions),
    Filter(
        "channel",
        _("How they heard of the school"),
        _by_channel,
        lambda _edition: Application.Channel.choices,
        _channel,
    ),
    Filter("words", _("Name or code"), _by_words, says=lambda value: f"«{value}»"),
)
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
    register(key, title=title, members=members, may_see=may_coordinate, columns=COLUMNS, filters=FILTERS)
