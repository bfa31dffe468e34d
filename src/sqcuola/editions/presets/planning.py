"""A plan: everything a preset decides from a few answers, each choice with a sentence why. Nothing is written yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from sqcuola.editions import zones
from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.presets import calendar
from sqcuola.editions.presets.beginnings import Preset

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new edition asks: never more than this."""

    title: str
    subject: str
    seats: int
    starts: date
    zone: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that was decided for you, what it is, and why."""

    what: Words
    value: Words
    why: Words


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition as it would begin: the fields of its row, its dates, and the choices in words."""

    fields: dict[str, object]
    dates: calendar.Dates
    choices: list[Choice]
    copy_of: Edition | None = None
    shift: timedelta = timedelta()


# A seat is a person: small numbers are written out in a headline.
IN_WORDS = {
    8: ("Otto posti", "Eight seats"),
    10: ("Dieci posti", "Ten seats"),
    12: ("Dodici posti", "Twelve seats"),
    15: ("Quindici posti", "Fifteen seats"),
    18: ("Diciotto posti", "Eighteen seats"),
    20: ("Venti posti", "Twenty seats"),
    24: ("Ventiquattro posti", "Twenty-four seats"),
    25: ("Venticinque posti", "Twenty-five seats"),
    30: ("Trenta posti", "Thirty seats"),
    35: ("Trentacinque posti", "Thirty-five seats"),
    36: ("Trentasei posti", "Thirty-six seats"),
    40: ("Quaranta posti", "Forty seats"),
    50: ("Cinquanta posti", "Fifty seats"),
}


def seats_in_words(seats: int) -> tuple[str, str]:
    """Return «Trenta posti», "Thirty seats"; in figures where a number has no plain word."""
    if seats == 1:
        return "Un posto", "One seat"
    return IN_WORDS.get(seats, (f"{seats} posti", f"{seats} seats"))


def plan(preset: Preset, answers: Answers) -> Plan:
    """Fill every date and rule of this room from the answers."""
    timings = preset.served()
    dates = calendar.fill(timings, answers.starts, ZoneInfo(answers.zone))
    italian, english = seats_in_words(answers.seats)
    fields: dict[str, object] = {
        "preset": preset.key,
        "subject": answers.subject,
        "seats_offered": answers.seats,
        "zone": answers.zone,
        "headline_it": preset.headline_it.format(Posti=italian),
        "headline_en": preset.headline_en.format(Posti=english),
        "lead_it": preset.lead_it,
        "lead_en": preset.lead_en,
    }
    choices = [
        Choice(Phase.Kind(timing.kind).label, zones.span(*dates[timing.kind], answers.zone), str(timing.why))
        for timing in timings
    ]
    why = preset.seats_why if answers.seats == preset.seats else _("As you asked.")
    return Plan(fields, dates, [*choices, *_always(answers.seats, why)])


def _always(seats: int, why: Words) -> Iterable[Choice]:
    yield Choice(_("Seats"), str(seats), why)
    yield Choice(_("Cost"), _("nothing"), _("A seat is earned, not bought: who wins it was good, not rich."))
    yield Choice(
        _("Who is named"),
        _("only the admitted"),
        _("Each one sees their own points; nobody is shown in public where they failed."),
    )


def plan_copy(old: Edition, answers: Answers) -> Plan:
    """Plan an edition like an earlier one: its dates moved by whole weeks, its words, none of its people."""
    shift = shift_of(old, answers.starts, answers.zone)
    dates: calendar.Dates = {
        phase.kind: (moved(phase.begins, shift, answers.zone), moved(phase.ends, shift, answers.zone))
        for phase in sorted(old.phases.all(), key=lambda item: item.begins)
    }
    fields: dict[str, object] = {
        "preset": old.preset,
        "subject": answers.subject,
        "seats_offered": answers.seats,
        "zone": answers.zone,
        **{
            name: getattr(old, name)
            for name in ("headline_it", "headline_en", "lead_it", "lead_en", "awards_place")
        },
    }
    choices = [
        Choice(
            Phase.Kind(kind).label,
            zones.span(*both, answers.zone),
            _("As long as last time, on the same weekdays."),
        )
        for kind, both in dates.items()
    ]
    return Plan(fields, dates, [*choices, *_always(answers.seats, _("As you asked."))], old, shift)


def shift_of(old: Edition, starts: date, zone: str) -> timedelta:
    """Return by how many whole weeks an edition moves, so that it begins on the day asked or in the week after."""
    first = min((phase.begins for phase in old.phases.all()), default=None)
    if first is None:
        return timedelta()
    days = (starts - first.astimezone(ZoneInfo(zone)).date()).days
    return timedelta(days=-(-days // 7) * 7)


def moved(instant: datetime, shift: timedelta, zone: str) -> datetime:
    """Return an instant moved by days, at the same hour on the wall."""
    here = instant.astimezone(ZoneInfo(zone))
    return calendar.instant(here.date() + shift, here.time(), ZoneInfo(zone))


def address(title: str, number: int, taken: Iterable[str]) -> str:
    """Return a free address for an edition: from its title, or from its number."""
    wanted = slugify(title)[:50].strip("-") or f"{number}"
    used = set(taken)
    return next(
        slug for slug in (wanted, *(f"{wanted}-{count}" for count in range(2, 1000))) if slug not in used
    )
