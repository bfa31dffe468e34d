"""What the house itself has for who looks after it: one entry when something waits for a person."""

from datetime import datetime

from django.db.models import Count, DateTimeField, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.config.health.checks import nobody_is_reached
from sqcuola.kernel import outbox, working
from sqcuola.kernel.agenda import Entry, Kind, register
from sqcuola.people.models import Person


def for_person(person: Person, at: datetime) -> list[Entry]:
    """Return one entry for an administrator while jobs failed or letters wait, and one while no mail can leave."""
    if not person.is_administrator:
        return []
    return [*_waiting(at), *_mail(at)]


def _mail(at: datetime) -> list[Entry]:
    if not nobody_is_reached(at):
        return []
    return [
        Entry(
            when=at,
            what=_("No mail of ours reaches anybody: candidates get no code to come in with"),
            url=reverse("config:health"),
            act=_("Read what is missing"),
            kind=Kind.OPEN,
            key="config.mail",
        )
    ]


def _waiting(at: datetime) -> list[Entry]:
    # Most days there is nothing: jobs and letters are counted in one question.
    letters = outbox.to_settle().order_by().values("state")
    since = Value(at, output_field=DateTimeField())
    both = working.counted_failed().union(letters.annotate(n=Count("pk"), oldest=since), all=True)
    counted = list(both.order_by())  # the order a table has by itself would be asked of the union
    waiting = sum(row["n"] for row in counted)
    if not waiting:
        return []
    what = ngettext("One thing in the house needs you", "%(n)d things in the house need you", waiting)
    return [
        Entry(
            when=min(row["oldest"] for row in counted),
            what=what % {"n": waiting},
            url=reverse("config:health"),
            act=_("Look"),
            kind=Kind.OPEN,
            key="config.health",
        )
    ]


register("config", for_person)
