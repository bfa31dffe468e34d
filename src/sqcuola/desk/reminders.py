"""What is due within a day is said by mail to whoever it waits for: once, out of the agenda, whatever room it comes from."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from sqcuola.admissions.models import Application
from sqcuola.admissions.queries.mine import own_applications
from sqcuola.editions import own as own_editions
from sqcuola.editions.models import Edition, Membership, Phase, Role
from sqcuola.editions.queries import lasting
from sqcuola.kernel import agenda
from sqcuola.kernel.agenda import Entry, Kind
from sqcuola.notices import texts
from sqcuola.notices.actions import tell
from sqcuola.people.models import Person
from sqcuola.ui import dates

DUE: Final = "desk.due"
AHEAD: Final = timedelta(days=1)


def register() -> None:
    """Register what is said."""
    texts.register(
        DUE,
        title=_("Something is due within a day"),
        subject=_("{what}: there is time until {when}"),
        body=_(
            "Hello {name},\n\n{what}: there is time until {when}.\n\nGo on: {url}\n\n"
            "You are told of it once, the day before. All that waits for you stands on your desk."
        ),
        fields={
            "what": texts.Field(_("what is to be done"), _("Hand in your application")),
            "when": texts.Field(_("until when"), _("Thursday 10 December, 23:59")),
        },
        needs=("what", "when", "url"),
    )


def remind(at: datetime) -> None:
    """Tell everybody for whom something is due within a day; told again, nothing happens."""
    for person in people_with_something(at).iterator():
        for entry in _due(person, at):
            _tell(person, entry, at)


def people_with_something(at: datetime) -> QuerySet[Person]:
    """Return who may have something to do: they apply to, are in, or are entrusted with something that is not over."""
    goes_on = Phase.objects.filter(edition=OuterRef("edition"), ends__gt=at, edition__cancelled_at=None)
    applies = Application.objects.filter(Exists(goes_on), person=OuterRef("pk"), withdrawn_at=None)
    works = Role.objects.filter(lasting(at), person=OuterRef("pk"))
    studies = Membership.objects.filter(lasting(at), person=OuterRef("pk"))
    there = Person.objects.filter(erased_at=None, is_active=True).order_by("pk")
    return there.filter(Exists(applies) | Exists(works) | Exists(studies))


def _due(person: Person, at: datetime) -> Iterator[Entry]:
    """Return the deadlines of the next day, in the person's language."""
    with translation.override(person.language):
        for entry in agenda.for_person(person, at):
            if entry.act and entry.kind is Kind.DEADLINE and at < entry.when <= at + AHEAD:
                yield entry


def _tell(person: Person, entry: Entry, at: datetime) -> None:
    with translation.override(person.language), timezone.override(ZoneInfo(entry.zone or "UTC")):
        said = {"what": str(entry.what), "when": dates.deadline(entry.when)}
    thing = f"{entry.key}:{entry.when.isoformat()}"
    tell(person, DUE, url=entry.url, at=at, data=said, edition=_edition(person, entry, at), thing=thing)


def _edition(person: Person, entry: Entry, at: datetime) -> Edition | None:
    """Return the edition an entry is about, so that it is said in its words."""
    mine = [own.edition for own in own_editions.of(person, at)]
    mine += [application.edition for application in own_applications(person, at)]
    return next((edition for edition in mine if entry.url.startswith(edition.path)), None)
