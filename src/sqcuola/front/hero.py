"""What stands first on the page of an edition: where it is, what one does now, its dates, what one asks first."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.editions import queries
from sqcuola.editions.models import Edition, Phase
from sqcuola.ui.addresses import address
from sqcuola.ui.dates import deadline, moment


def standing(edition: Edition, at: datetime) -> str:
    """Say in two or three words where an edition stands: «Bando aperto»."""
    if edition.cancelled_at and edition.cancelled_at <= at:
        return _("Called off")
    call, stage = queries.phase(edition, Phase.Kind.CALL), queries.stage(edition, at)
    if queries.is_open(edition, Phase.Kind.CALL, at):
        return _("Call open")
    if stage is None:
        return _("Call not open yet") if call else _("It begins soon")
    if stage.kind == Phase.Kind.CALL:
        return _("Call closed")
    if all(phase.ends <= at for phase in edition.phases.all()):
        return _("Past edition")
    return str(Phase.Kind(stage.kind).label)


def where(edition: Edition, at: datetime) -> str:
    """Say which edition this is, where it stands, what it is about, and its year when that is over.

    The name is left out where it is the headline: it is read just below.
    """
    parts = [edition.title if edition.headline else "", standing(edition, at), edition.subject]
    if edition.ranking_closed_at:
        closed = timezone.localtime(edition.ranking_closed_at)
        parts += [str(closed.year)] if closed.year != timezone.localtime(at).year else []
    return " · ".join(filter(None, parts))


def ways(edition: Edition, at: datetime, *, is_open: bool) -> list[tuple[str, str, str]]:
    """Return what a visitor can do from here: (words, url, kind of the button), the first of them first."""
    found = [(_("Apply"), "admissions:apply", "")] if is_open else []
    if edition.ranking_closed_at:
        found.append((_("Who was admitted"), "admissions:admitted", "quiet"))
    if not edition.cancelled_at and any(phase.ends > at for phase in edition.phases.all()):
        found.append((_("Put the dates in your calendar"), "front:calendar", "quiet"))
    return [(words, address(name, edition.slug), kind) for words, name, kind in found]


def dates(edition: Edition, at: datetime) -> list[tuple[str, str]]:
    """Return (term, when, in words) of what a candidate copies down; what is left out is not there."""
    found: list[tuple[str, str]] = []
    for kind, term, is_end in (
        (Phase.Kind.CALL, _("Closes"), True),
        (Phase.Kind.ASSESSMENT, _("Test"), False),
        (Phase.Kind.RANKING, _("Outcome"), True),
        (Phase.Kind.CLASS, _("Class"), False),
    ):
        phase = queries.phase(edition, kind)
        if phase is None:
            continue
        if kind == Phase.Kind.CALL and at < phase.begins:
            found.append((_("Opens"), moment(phase.begins)))
        over = kind == Phase.Kind.CALL and at >= phase.ends
        said = deadline(phase.ends) if is_end else moment(phase.begins)
        found.append((_("Closed") if over else term, said))
    return found


def terms(edition: Edition, left: int | None) -> list[tuple[str, str]]:
    """Return (term, in words) of what else one asks first: the days that are left, the seats, the cost."""
    time = [(_("Time"), _left(left))] if left else []
    return [*time, (_("Seats"), str(edition.seats_offered)), (_("Cost"), _("none"))]


def _left(days: int) -> str:
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
