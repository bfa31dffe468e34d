"""The cockpit of an edition: the stages on one line, what blocks, whom to write to, where people come from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.admissions.queries.cockpit import Charts, Progress, charts, progress
from sqcuola.admissions.queries.helping import papers_are_kept
from sqcuola.desk.said import Said, latest
from sqcuola.editions import queries as editions
from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.rules import may_coordinate
from sqcuola.kernel import lists
from sqcuola.people.models import Person
from sqcuola.ui import dates

SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Stage:
    label: str
    line: str
    state: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Something that waits for who coordinates, with the way to mend it."""

    tag: str
    tone: str
    title: str
    line: str
    url: str
    act: str


@dataclass(frozen=True, slots=True)
class ToWrite:
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class CockpitPage:
    edition: Edition
    title: str
    can_extend: bool
    stages: list[Stage]
    blocks: list[Block]
    to_write: list[ToWrite]
    progress: Progress
    charts: Charts
    latest: list[Said]
    head: str


def cockpit_page(person: Person, edition: Edition, at: datetime) -> CockpitPage:
    """Gather the cockpit of an edition."""
    with timezone.override(ZoneInfo(edition.zone)):
        done = progress(edition, at)
        figures = charts(edition, at)
        said, head = latest(person, edition, at)
        return CockpitPage(
            edition=edition,
            title=standing(edition, at),
            can_extend=bool(edition.published_at) and _runs(edition, at),
            stages=_stages(edition, done, at),
            blocks=_blocks(edition, done, at),
            to_write=_to_write(person, edition, done, at),
            progress=done,
            charts=figures,
            latest=said,
            head=head,
        )


def _runs(edition: Edition, at: datetime) -> bool:
    """Say whether something of an edition with a call is still to come, so that keeping the call open longer has a sense."""
    phases = edition.phases.all()
    return any(phase.kind == Phase.Kind.CALL for phase in phases) and any(at < phase.ends for phase in phases)


def standing(edition: Edition, at: datetime) -> str:
    """Say where an edition stands, in one sentence: the stage it is in and how long that lasts."""
    if edition.cancelled_at and edition.cancelled_at <= at:
        return _("This edition was called off")
    stage = editions.stage(edition, at)
    if stage is None:
        first = next(iter(edition.phases.all()), None)
        return (
            _("It begins on %(when)s") % {"when": dates.long_day(first.begins)}
            if first
            else _("No dates yet")
        )
    label = Phase.Kind(stage.kind).label
    if at >= stage.ends:
        return _("%(stage)s: over") % {"stage": label}
    days = dates.days_left(stage.ends, at)
    if days == 0:
        hour = dates.clock(dates.last_minute(stage.ends))
        return _("%(stage)s: ends today at %(hour)s") % {"stage": label, "hour": hour}
    words = ngettext("%(stage)s: one day left", "%(stage)s: %(n)s days left", days)
    return words % {"stage": label, "n": days}


def _stages(edition: Edition, done: Progress, at: datetime) -> list[Stage]:
    now = editions.stage(edition, at)
    return [
        Stage(
            label=str(Phase.Kind(phase.kind).label),
            line=_line(phase, edition, done, at),
            state="now"
            if now and phase.pk == now.pk and at < phase.ends
            else "done"
            if at >= phase.ends
            else "",
        )
        for phase in edition.phases.all()
    ]


def _line(phase: Phase, edition: Edition, done: Progress, at: datetime) -> str:
    if at < phase.begins:
        return _("from %(day)s") % {"day": dates.short_day(phase.begins)}
    if phase.kind == Phase.Kind.CALL:
        return ngettext("%(n)s application", "%(n)s applications", done.submitted) % {"n": done.submitted}
    if phase.kind == Phase.Kind.RANKING:
        return _("closed") if edition.ranking_closed_at else _("to close")
    counted = {
        Phase.Kind.ASSESSMENT.value: (done.tested, done.submitted),
        Phase.Kind.READING.value: (done.read, done.to_read),
        Phase.Kind.CLASS.value: (done.accepted, edition.seats_offered),
    }
    if phase.kind in counted and (phase.kind != Phase.Kind.READING or done.given):
        n, of = counted[phase.kind]
        return _("%(n)s of %(all)s") % {"n": n, "all": of}
    return _("until %(day)s") % {"day": dates.short_day(dates.last_minute(phase.ends))}


def _blocks(edition: Edition, done: Progress, at: datetime) -> list[Block]:
    base = f"/e/{edition.slug}/"
    found = [
        _questions(editions.unanswered_count(edition), base),
        _helps(done.helps if done.helps and not papers_are_kept(edition, at) else 0, base),
        _no_test(edition, done, base),
        _unfinished(edition, done, base, at),
        _to_read(edition, done, base, at),
        _to_close(edition, done, base, at),
        _unanswered(done, base),
    ]
    return [block for block in found if block is not None]


def _questions(waiting: int, base: str) -> Block | None:
    if not waiting:
        return None
    title = ngettext("One question waits for an answer", "%(n)s questions wait for an answer", waiting)
    line = _("Answers are public, so that everybody knows the same.")
    return Block(_("today"), "red", title % {"n": waiting}, line, f"{base}settings/questions/", _("Answer"))


def _helps(waiting: int, base: str) -> Block | None:
    if not waiting:
        return None
    title = ngettext(
        "Somebody needs help at the test, and nobody may read why",
        "%(n)s people need help at the test, and nobody may read why",
        waiting,
    )
    line = _("Give one person the keeping of these papers: you do not see them.")
    return Block(_("today"), "red", title % {"n": waiting}, line, f"{base}settings/people/", _("Choose who"))


def _no_test(edition: Edition, done: Progress, base: str) -> Block | None:
    phase = editions.phase(edition, Phase.Kind.ASSESSMENT)
    if done.test_ends is not None or phase is None:
        return None
    line = _("Choose its questions, and when one may begin.")
    return Block(
        dates.short_day(phase.begins),
        "",
        _("The test is not put together yet"),
        line,
        f"{base}test/set/",
        _("Do it"),
    )


def _unfinished(edition: Edition, done: Progress, base: str, at: datetime) -> Block | None:
    call = editions.phase(edition, Phase.Kind.CALL)
    if call is None or not done.unfinished or not call.ends - SOON <= at < call.ends:
        return None
    title = ngettext(
        "One person has begun and not handed in", "%(n)s people have begun and not handed in", done.unfinished
    )
    line = _("The call closes on %(when)s.") % {"when": dates.deadline(call.ends)}
    return Block(
        dates.short_day(dates.last_minute(call.ends)),
        "red",
        title % {"n": done.unfinished},
        line,
        f"{base}write/unfinished/",
        _("Write to them"),
    )


def _to_read(edition: Edition, done: Progress, base: str, at: datetime) -> Block | None:
    """Say that letters wait: to be given out once the call has closed, or for who has not read yet in the last days."""
    phase = editions.phase(edition, Phase.Kind.READING)
    call = editions.phase(edition, Phase.Kind.CALL)
    if phase is None or call is None or edition.ranking_closed_at or at < call.ends or not done.letters:
        return None
    until = dates.short_day(dates.last_minute(phase.ends))
    there = f"{base}reading/"
    if not done.given:
        title = ngettext("One letter waits for readers", "%(n)s letters wait for readers", done.letters)
        line = _("Each is read by people who do not know whose it is.")
        return Block(until, "red", title % {"n": done.letters}, line, there, _("Give them out"))
    if done.read >= done.to_read:
        return None
    left = done.to_read - done.read
    title = ngettext("One reading is still to come", "%(n)s readings are still to come", left)
    line = _("Who reads, and how far everybody is.")
    return Block(until, "red" if at >= phase.ends - SOON else "", title % {"n": left}, line, there, _("Look"))


def _to_close(edition: Edition, done: Progress, base: str, at: datetime) -> Block | None:
    if edition.ranking_closed_at or not done.is_tested(at) or (done.letters and done.read < done.to_read):
        return None
    line = _("Look at it once more by code, then close it: names open for everybody at once.")
    return Block(_("today"), "red", _("The ranking can be closed"), line, f"{base}ranking/", _("Look"))


def _unanswered(done: Progress, base: str) -> Block | None:
    if not done.offered:
        return None
    title = ngettext("One offer waits for an answer", "%(n)s offers wait for an answer", done.offered)
    line = _("When the time is over, the seat goes to the next by itself.")
    return Block(_("waiting"), "", title % {"n": done.offered}, line, f"{base}ranking/", _("Look"))


def _to_write(person: Person, edition: Edition, done: Progress, at: datetime) -> list[ToWrite]:
    counted = done.by_list(at)
    found = []
    for item in lists.seen_by(person, edition, at, passed={may_coordinate}):
        count = counted.get(item.key)
        if count is None:
            count = item.members(edition, person, at).count()
        if count:
            url = f"/e/{edition.slug}/write/{item.key}/"
            found.append(ToWrite(str(item.title), count, url))
    return found
