"""The dates of an edition as a calendar."""

from datetime import datetime

from django.utils.translation import gettext as _

from sqcuola.editions.models import Edition, Phase
from sqcuola.kernel import calendars


def write(edition: Edition, url: str, at: datetime) -> bytes:
    """Return an iCalendar file with one event a date that a candidate must not miss; ends are said to the minute."""
    return calendars.write(
        (
            calendars.Date(
                key=f"{edition.scope}-{phase.kind}-{what}",
                what=f"{edition.title}: {_title(phase, what)}",
                when=when,
                zone=edition.zone,
                url=url,
            )
            for phase in edition.phases.all()
            for what, when in _events(phase)
        ),
        name=edition.title,
        of="edition",
        at=at,
    )


def _events(phase: Phase) -> list[tuple[str, datetime]]:
    if phase.kind == Phase.Kind.CALL:
        return [("begins", phase.begins), ("ends", phase.ends)]
    return [("ends", phase.ends)] if phase.kind == Phase.Kind.RANKING else [("begins", phase.begins)]


def _title(phase: Phase, what: str) -> str:
    if phase.kind == Phase.Kind.CALL:
        return _("the call opens") if what == "begins" else _("the call closes")
    if phase.kind == Phase.Kind.RANKING:
        return _("the ranking is out by now")
    return str(Phase.Kind(phase.kind).label).lower()
