"""What the heavier pages show, as typed objects: templates only lay it out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from sqcuola.editions import queries, rulebook, rules, stages, zones
from sqcuola.editions.models import Clarification, Edition, Invitation, Phase, Role
from sqcuola.kernel.verdicts import Verdict
from sqcuola.people.models import Person


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase in a list: what, when in words, where it stands now."""

    kind: str
    label: str
    when: str
    line: str
    state: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class SettingsPage:
    phases: list[PhaseLine]
    absent: list[Phase.Kind]
    state: str
    change: Verdict
    publish: Verdict
    extend: Verdict
    begin: Verdict
    waiting: int
    held: int
    alone: bool


def phase_lines(edition: Edition, at: datetime) -> list[PhaseLine]:
    """Return the phases of an edition in order, each with its state at an instant."""
    lines = []
    now = queries.stage(edition, at)
    for phase in sorted(edition.phases.all(), key=lambda item: (item.begins, item.pk)):
        over, begun = phase.ends <= at, phase.begins <= at
        state = "now" if phase == now and not over else "done" if over else "now" if begun else "later"
        lines.append(
            PhaseLine(
                kind=phase.kind,
                label=str(Phase.Kind(phase.kind).label),
                when=zones.span(phase.begins, phase.ends, edition.zone),
                line=zones.days(phase.begins, phase.ends, edition.zone),
                state=state,
                url=reverse("editions:phase", args=[edition.slug, phase.kind]),
            )
        )
    return lines


def settings_page(person: Person, edition: Edition, at: datetime) -> SettingsPage:
    """Gather what a coordinator sees first."""
    there = {phase.kind for phase in edition.phases.all()}
    held = edition.seats.exclude(holder=None).count()
    waiting = edition.clarifications.filter(answered_at=None, set_aside_at=None).count()
    return SettingsPage(
        phases=phase_lines(edition, at),
        absent=[kind for kind in stages.served() if kind not in there],
        state="cancelled" if edition.cancelled_at else "public" if edition.published_at else "draft",
        change=rules.may_change(person, edition, at),
        publish=rules.may_publish(person, edition, at),
        extend=rules.may_extend_call(person, edition, at),
        begin=rules.may_create_edition(person, at),
        waiting=waiting,
        held=held,
        alone=queries.people_of(edition, at).count() < 2,
    )


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Everybody who holds one kind of role."""

    label: str
    roles: list[Role] = field(default_factory=list)

    @property
    def can_end(self) -> bool:
        """Tell whether one of them can stop without leaving nobody in charge."""
        return len(self.roles) > 1 or self.roles[0].kind != Role.Kind.COORDINATOR


@dataclass(frozen=True, slots=True)
class PeoplePage:
    groups: list[RoleGroup]
    sent: QuerySet[Invitation]


def people_page(edition: Edition, at: datetime) -> PeoplePage:
    """Gather who is entrusted with what, and who has been asked."""
    groups: dict[str, RoleGroup] = {}
    for role in queries.people_of(edition, at):
        groups.setdefault(role.kind, RoleGroup(str(Role.Kind(role.kind).label))).roles.append(role)
    ordered = [groups[kind] for kind in Role.Kind.values if kind in groups]
    sent = edition.invitations.filter(state=Invitation.State.SENT).select_related("person")
    return PeoplePage(ordered, sent.order_by("sent_at"))


def rules_now(edition: Edition) -> list[str]:
    """Return the rules as they would be fixed at this moment, in the reader's language."""
    book = rulebook.compose(edition)
    return [words for _key, words in rulebook.read(book.canonical, get_language() or "it")]


def answered(edition: Edition) -> QuerySet[Clarification]:
    """Return the questions that have an answer, the newest first."""
    return edition.clarifications.exclude(answered_at=None).order_by("-answered_at")


def question_rows(listed: QuerySet[Clarification], zone: str) -> Iterator[list[str]]:
    """Yield the rows of a file: the heading, then each question with its answer, if it has one."""
    yield [
        pgettext("column", "question"),
        pgettext("column", "asked"),
        pgettext("column", "answer"),
        pgettext("column", "answered"),
    ]
    for one in listed.iterator(chunk_size=500):
        answered = zones.plain(one.answered_at, zone) if one.answered_at else ""
        yield [one.question, zones.plain(one.asked_at, zone), one.answer, answered]
