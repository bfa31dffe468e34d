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
    RulesVersion,
    Voice,
)
from sqcuola.front import steps
from sqcuola.front.words import marked
from sqcuola.ui.dates import days_left

SHOWN_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class EditionPage:
    """Everything on the public page of an edition, at one instant."""

    edition: Edition
    school: str
    headline: SafeString
    standing: str
    call: Phase | None
    open: bool
    left: str
    soon: bool
    dates: list[tuple[str, datetime, bool]]
    steps: list[steps.Step]
    teachers: list[Role]
    figures: list[Figure]
    voices: list[Voice]
    rules: RulesVersion | None
    answers: list[Clarification]
    changes: list[Change]
    helper: Role | None

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone whose clocks the page speaks of."""
        return ZoneInfo(self.edition.zone)


def public_edition(slug: str, at: datetime) -> Edition:
    """Load a published edition with its phases; 404 for any other, as if it did not exist."""
    edition = Edition.objects.prefetch_related("phases").filter(slug=slug).first()
    if edition is None or not rules.may_see(None, edition, at):
        raise Http404
    return edition


def edition_page(edition: Edition, at: datetime) -> EditionPage:
    """Read the public page of an edition. Figures and voices are its own, then those of the editions before it."""
    call = queries.phase(edition, Phase.Kind.CALL)
    is_open = queries.is_open(edition, Phase.Kind.CALL, at)
    told = {"edition__published_at__lte": at, "edition__number__lte": edition.number}
    held = list(queries.people_of(edition, at, Role.Kind.TEACHER, Role.Kind.COORDINATOR))
    with timezone.override(ZoneInfo(edition.zone)):
        left = days_left(call.ends, at) if call and is_open else None
        return EditionPage(
            edition=edition,
            school=frame.school().name,
            headline=marked(edition.headline or edition.title),
            standing=standing(edition, at),
            call=call,
            open=is_open,
            left=_left(left) if left else "",
            soon=left == 0,
            dates=_dates(edition, at),
            steps=steps.of(edition, at),
            teachers=[role for role in held if role.kind == Role.Kind.TEACHER],
            figures=list(Figure.objects.filter(**told).order_by("-edition__number", "position")[:3]),
            voices=list(Voice.objects.filter(**told).order_by("-edition__number", "position")[:2]),
            rules=RulesVersion.objects.filter(edition=edition).defer("canonical").first(),
            answers=answers(edition, SHOWN_ANSWERS),
            changes=list(Change.objects.filter(edition=edition)[:3]),
            helper=next((role for role in held if role.kind == Role.Kind.COORDINATOR), None),
        )


def answers(edition: Edition, most: int = 100) -> list[Clarification]:
    """Return the answered questions of an edition, the newest first."""
    answered = Clarification.objects.filter(edition=edition, set_aside_at=None).exclude(answered_at=None)
    return list(answered.order_by("-answered_at")[:most])


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


def _dates(edition: Edition, at: datetime) -> list[tuple[str, datetime, bool]]:
    """Return (term, instant, is it an end) of what a candidate copies down; what is left out is not there."""
    found: list[tuple[str, datetime, bool]] = []
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
            found.append((_("Opens"), phase.begins, False))
        over = kind == Phase.Kind.CALL and at >= phase.ends
        found.append((_("Closed") if over else term, phase.ends if is_end else phase.begins, is_end))
    return found
