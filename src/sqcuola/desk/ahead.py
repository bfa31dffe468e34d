"""What comes next in an edition, in order, for who has made it public and now waits: what happens, and what they do then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sqcuola.editions.models import Phase, Role
from sqcuola.editions.own import Own, entrusted
from sqcuola.people.models import Person
from sqcuola.ui import dates

WHAT: dict[str, str | Promise] = {
    Phase.Kind.CALL: gettext_lazy(
        "People apply by themselves. You answer their questions, where everybody reads it."
    ),
    Phase.Kind.ASSESSMENT: gettext_lazy("Whoever handed in takes the test you put together, at its hours."),
    Phase.Kind.READING: gettext_lazy("What people wrote is read by code, without names."),
    Phase.Kind.RANKING: gettext_lazy(
        "You look at it by code and close it: seats are offered in that moment."
    ),
    Phase.Kind.CLASS: gettext_lazy("Whoever accepted a seat is in the class."),
    Phase.Kind.PROJECTS: gettext_lazy("Groups work on what clients bring."),
    Phase.Kind.AWARDS: gettext_lazy("The groups show what they made."),
    Phase.Kind.ADOPTION: gettext_lazy("Companies are invited to adopt somebody."),
    Phase.Kind.ARCHIVE: gettext_lazy("What was made is opened to everybody."),
}


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    when: str
    line: str
    state: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """The stages of one edition that are not over yet."""

    title: str
    steps: list[Step]


def ahead(person: Person, at: datetime) -> Ahead | None:
    """Return what comes next for who coordinates one public edition that goes on; with more of them, their cockpits say it."""
    going = [
        own
        for own in entrusted(person, Role.Kind.COORDINATOR, at)
        if own.edition.published_at and _left(own, at)
    ]
    if len(going) != 1:
        return None
    own = going[0]
    with timezone.override(ZoneInfo(own.edition.zone)):
        return Ahead(own.edition.title, [_step(*phase, at) for phase in _left(own, at)])


def _left(own: Own, at: datetime) -> list[tuple[str, datetime, datetime]]:
    phases: Iterable[tuple[str, tuple[datetime, datetime]]] = own.phases.items()
    left = [(kind, begins, ends) for kind, (begins, ends) in phases if ends > at]
    return sorted(left, key=lambda phase: (phase[1], phase[2]))


def _step(kind: str, begins: datetime, ends: datetime, at: datetime) -> Step:
    begun = begins <= at
    day = dates.short_day(dates.last_minute(ends) if begun else begins)
    when = _("until %(day)s") % {"day": day} if begun else _("from %(day)s") % {"day": day}
    return Step(str(Phase.Kind(kind).label), when, str(WHAT[kind]), "" if begun else "later")
