"""What the public pages show: typed, read in a fixed number of queries, the same for everybody."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from sqcuola.editions import frame, queries, rules
from sqcuola.editions.models import (
    Change,
    Clarification,
    Edition,
    Phase,
    Role,
    Voice,
)
from sqcuola.front import hero, reading, steps
from sqcuola.front.words import marked, plain
from sqcuola.ui.dates import days_left

DESCRIBED = 155


@dataclass(frozen=True, slots=True)
class EditionPage:
    """Everything on the public page of an edition, at one instant.

    `plain` is the headline without its marks, where nothing but text can stand; `described`, the edition in as many letters as a
    list of results or a card shows.
    """

    edition: Edition
    school: str
    headline: SafeString
    plain: str
    described: str
    standing: str
    where: str
    call: Phase | None
    open: bool
    ways: list[tuple[str, str, str]]
    soon: bool
    dates: list[tuple[str, str]]
    steps: list[steps.Step]
    teachers: list[reading.Held]
    figures: list[tuple[str, str]]
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
    told = reading.told(edition, at)
    headline = edition.headline or edition.title
    with timezone.override(ZoneInfo(edition.zone)):
        left = days_left(call.ends, at) if call and is_open else None
        return EditionPage(
            edition=edition,
            school=frame.school().name,
            headline=marked(headline),
            plain=plain(headline),
            described=Truncator(edition.lead or edition.title).chars(DESCRIBED),
            standing=hero.standing(edition, at),
            where=hero.where(edition, at),
            call=call,
            open=is_open,
            ways=hero.ways(edition, at, is_open=is_open),
            soon=left == 0,
            dates=[*hero.dates(edition, at), *hero.terms(edition, left)],
            steps=steps.of(edition, told.questions),
            teachers=[role for role in told.held if role.kind == Role.Kind.TEACHER],
            figures=[(figure.number, figure.words) for figure in told.figures],
            voices=told.voices,
            fingerprint=told.digest[:12],
            answers=told.answers,
            changes=told.changes,
            helper=next((role for role in told.held if role.kind == Role.Kind.COORDINATOR), None),
        )
