"""What the public pages show: typed, read in a fixed number of queries, the same for everybody."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.editions import frame, queries, rules
from sqcuola.editions.models import (
    Change,
    Clarification,
    Edition,
    Figure,
    Phase,
    Role,
    Voice,
)
from sqcuola.front import reading, steps
from sqcuola.front.words import marked
from sqcuola.ui.dates import days_left, deadline, moment


@dataclass(frozen=True, slots=True)
class EditionPage:
    """Everything on the public page of an edition, at one instant."""

    edition: Edition
    school: str
    headline: SafeString
    standing: str
    call: Phase | None
    open: bool
    soon: bool
    dates: list[tuple[str, str]]
    steps: list[steps.Step]
    teachers: list[reading.Held]
    figures: list[Figure]
    voices: list[Voice]
    fingerprint: str
    answers: list[Clarification]
    changes: list[Change]
    helper: reading.Held | None

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone whose clocks the page speaks of."""
        return ZoneInfo(self.edition.zone)


def public_edition(slug: str, at: datetime) -> Edition:
    """Load a published edition with its phases; 404 for any other, as if it did not exist."""
    edition = queries.found(slug)
    if edition is None or not rules.may_see(None, edition, at):
        raise Http404
    return edition


def edition_page(edition: Edition, at: datetime) -> EditionPage:
    """Read the public page of an edition. Figures and voices are its own, then those of the editions before it."""
    call = queries.phase(edition, Phase.Kind.CALL)
    is_open = queries.is_open(edition, Phase.Kind.CALL, at)
    held, rules = reading.held(edition.pk, at), reading.rules(edition.pk)
    told = reading.told(edition, at)
    with timezone.override(ZoneInfo(edition.zone)):
        left = days_left(call.ends, at) if call and is_open else None
        return EditionPage(
            edition=edition,
            school=frame.school().name,
            headline=marked(edition.headline or edition.title),
            standing=standing(edition, at),
            call=call,
            open=is_open,
            soon=left == 0,
            dates=[*_dates(edition, at), *_terms(edition, left)],
            steps=steps.of(edition, rules.questions),
            teachers=[role for role in held if role.kind == Role.Kind.TEACHER],
            figures=told.figures,
            voices=told.voices,
            fingerprint=rules.digest[:12],
            answers=told.answers,
            changes=told.changes,
            helper=next((role for role in held if role.kind == Role.Kind.COORDINATOR), None),
        )


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


def _left(days: int) -> str:
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def _terms(edition: Edition, left: int | None) -> list[tuple[str, str]]:
    """Return (term, in words) of what else one asks first: the days that are left, the seats, the cost."""
    time = [(_("Time"), _left(left))] if left else []
    return [*time, (_("Seats"), str(edition.seats_offered)), (_("Cost"), _("none"))]


def _dates(edition: Edition, at: datetime) -> list[tuple[str, str]]:
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
