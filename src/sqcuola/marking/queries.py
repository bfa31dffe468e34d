"""Reads of a round: one's own pile, one paper, the points of each paper, how far everybody is."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from sqcuola.editions import queries as editions
from sqcuola.editions.models import Edition, Role
from sqcuola.editions.queries import lasting
from sqcuola.kernel.prepared import prepared
from sqcuola.marking.models import Anchor, Assignment, Criterion, Mark, Paper, Round, Sheet, said
from sqcuola.people.models import Person


def round_of(owner: str, edition: Edition) -> Round | None:
    """Return the round in which the papers of a room are read, if the edition has one."""
    found = Round.objects.filter(owner=owner, edition=edition).first()
    if found is not None:
        found.edition = edition  # its phases may be there already
    return found


def readers(edition: Edition, at: datetime) -> list[Person]:
    """Return who reads in an edition at an instant, in the order they were asked to."""
    held = Role.objects.filter(lasting(at), edition=edition, kind=Role.Kind.READER, person__erased_at=None)
    return [role.person for role in held.select_related("person").order_by("begins", "pk")]


def own(round_: Round, person: Person) -> QuerySet[Assignment]:
    """Return the papers that somebody reads in a round, in the order of their pile."""
    return Assignment.objects.filter(paper__round=round_, reader=person, returned_at=None).order_by(
        "turn", "pk"
    )


def own_round(person: Person, number: int) -> Round:
    """Load a round in which somebody was given papers."""
    round_ = _own_round.first(person.pk, number)
    if round_ is None:
        raise Round.DoesNotExist
    editions.with_phases(round_.edition)
    return round_


@prepared
def _own_round(person: int, number: int) -> QuerySet[Round]:
    mine = Assignment.objects.filter(reader=person, returned_at=None).values("paper__round")
    return Round.objects.select_related("edition").filter(pk=number, pk__in=mine)


def own_paper(person: Person, number: int, code: str) -> Assignment:
    """Load one paper that somebody reads."""
    assignment = _own_paper.first(person.pk, number, code)
    if assignment is None:
        raise Assignment.DoesNotExist
    editions.with_phases(assignment.paper.round.edition)
    return assignment


@prepared
def _own_paper(person: int, number: int, code: str) -> QuerySet[Assignment]:
    mine = Assignment.objects.filter(reader=person, returned_at=None, paper__round=number, paper__code=code)
    return mine.select_related("paper__round__edition", "sheet")


def own_of(person: Person) -> QuerySet[Assignment]:
    """Return every paper that somebody reads, in whatever round."""
    return Assignment.objects.filter(reader=person, returned_at=None)


@dataclass(frozen=True, slots=True)
class Still:
    """How many of one's papers are not closed, and how many of these lack a mark."""

    left: int
    unmarked: int


def open_sheets(round_: Round, person: Person) -> Still:
    """Count what somebody has still to close."""
    criteria = len(round_.rubric)
    left = own(round_, person).filter(Q(sheet=None) | Q(sheet__closed_at=None))
    marked = left.annotate(n=Count("sheet__marks")).values_list("n", flat=True)
    return Still(len(marked), sum(n < criteria for n in marked))


@dataclass(frozen=True, slots=True)
class Line:
    """One paper on somebody's pile: how many marks it has, of how many."""

    code: str
    marked: int
    of: int
    first: bool  # the one to read next

    @property
    def is_full(self) -> bool:
        return self.marked >= self.of


SHORTEST, LONGEST = timedelta(minutes=1), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Pile:
    """Everything one reads in a round. `pace`: how long a paper takes its reader; None before it can be said."""

    round: Round
    lines: list[Line]
    closed: bool
    pace: timedelta | None

    @property
    def size(self) -> int:
        return len(self.lines)

    @property
    def done(self) -> int:
        """How many papers have all their marks."""
        return sum(line.is_full for line in self.lines)

    @property
    def next(self) -> str:
        """The code of the first paper that lacks a mark; "" when none does."""
        return next((line.code for line in self.lines if not line.is_full), "")

    @property
    def left(self) -> timedelta | None:
        """How long what is left takes, at one's own pace; None while that is not known, or nothing is left."""
        lacking = self.size - self.done
        return self.pace * lacking if self.pace and lacking else None

    def after(self, code: str) -> str:
        """Return the code of the next paper that lacks a mark, from one on and then from the beginning; "" when none does."""
        place = next((place for place, line in enumerate(self.lines) if line.code == code), 0)
        turned = [*self.lines[place + 1 :], *self.lines[:place]]
        return next((line.code for line in turned if not line.is_full), "")


def pile(round_: Round, person: Person) -> Pile:
    """Gather somebody's papers."""
    criteria = len(round_.rubric)
    rows = _pile(round_.pk, person.pk)
    upcoming = next((code for code, marked, *_when in rows if marked < criteria), "")
    return Pile(
        round=round_,
        lines=[Line(code, marked, criteria, code == upcoming) for code, marked, *_when in rows],
        closed=bool(rows) and all(closed for _code, _marked, closed, _saved in rows),
        pace=_pace([saved for _code, marked, _closed, saved in rows if marked]),
    )


@prepared
def _pile(round_: int, person: int) -> QuerySet[Any, tuple[str, int, datetime | None, datetime]]:
    mine = Assignment.objects.filter(paper__round=round_, reader=person, returned_at=None).order_by(
        "turn", "pk"
    )
    counted = mine.annotate(n=Count("sheet__marks"))
    return counted.values_list("paper__code", "n", "sheet__closed_at", "sheet__saved_at")


def _pace(saved: list[datetime]) -> timedelta | None:
    """Return the median time between two savings, pauses left out; None before three."""
    steps = [other - one for one, other in pairwise(sorted(saved))]
    gaps = sorted(step for step in steps if step <= LONGEST)
    return max(SHORTEST, gaps[len(gaps) // 2]) if len(gaps) >= 3 else None


def written(paper: Paper) -> list[tuple[str, str]]:
    """Return what was asked, in the language of who reads, with what was written, as it was written."""
    return [(said(part["asked_it"], part["asked_en"]), part["written"]) for part in paper.body]


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion on a sheet: its anchors, the points that were given."""

    criterion: Criterion
    anchors: list[Anchor]
    given: int | None

    @property
    def name(self) -> str:
        """Return how the form names it."""
        return f"c{self.criterion.pk}"

    @property
    def top(self) -> range:
        return range(self.criterion.most + 1)


def sheet_of(assignment: Assignment) -> list[Asked]:
    """Return the criteria of a paper with what its reader gave so far."""
    sheet: Sheet | None = getattr(assignment, "sheet", None)
    marks = dict(_marks(sheet.pk)) if sheet else {}
    rubric = assignment.paper.round.rubric
    return [Asked(one, list(one.anchors.all()), marks.get(one.pk)) for one in rubric]


@prepared
def _marks(sheet: int) -> QuerySet[Mark, tuple[int, int]]:
    return Mark.objects.filter(sheet=sheet).values_list("criterion", "points")


def counted(round_: Round, at: datetime) -> QuerySet[Sheet]:
    """Return the sheets that count: closed, or with every mark when the round has ended; never of a paper handed on."""
    criteria = len(round_.rubric)
    sheets = Sheet.objects.filter(assignment__paper__round=round_, assignment__returned_at=None)
    full = sheets.annotate(n=Count("marks")).filter(n__gte=criteria)
    return full if at >= round_.ends else full.filter(closed_at__isnull=False)


HUNDRED = Decimal(100)
THOUSANDTH = Decimal("0.001")


def points_of(round_: Round, at: datetime) -> dict[int, Decimal]:
    """Return the points of each paper that has a sheet which counts, by paper: 0 to 100, the mean of its sheets.

    A sheet is the sum of its marks in hundredths of the most it could have; all is exact until the last rounding, to a thousandth.
    """
    top = sum(one.most for one in round_.rubric)
    if not top:
        return {}
    whole: dict[int, list[int]] = {}
    sheets = counted(round_, at).annotate(points=Sum("marks__points"))
    for paper, points in sheets.values_list("assignment__paper", "points"):
        whole.setdefault(paper, []).append(points)
    return {paper: _hundredths(Fraction(sum(sums), len(sums) * top)) for paper, sums in whole.items()}


def _hundredths(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) * HUNDRED / Decimal(share.denominator)).quantize(THOUSANDTH)


@dataclass(frozen=True, slots=True)
class Reader:
    """How far one reader is. `here`: they still hold the role."""

    person: Person
    papers: int
    full: int
    closed: int
    here: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is."""

    papers: int
    needed: int
    counted: int
    readers: list[Reader]
    adrift: int  # readings that nobody does: their reader left, or none was found

    @property
    def left(self) -> int:
        return self.needed - self.counted


def progress(round_: Round, here: Iterable[Person], at: datetime) -> Progress:
    """Count how far everybody is; `here` are the readers of now."""
    now = {person.pk: person for person in here}
    criteria = len(round_.rubric)
    papers = round_.papers.count()
    there = Assignment.objects.filter(paper__round=round_, returned_at=None)
    rows = there.annotate(n=Count("sheet__marks")).values_list("reader", "n", "sheet__closed_at")
    found: dict[int, list[int]] = {pk: [0, 0, 0] for pk in now}
    for reader, marked, closed in rows:
        one = found.setdefault(reader, [0, 0, 0])
        one[0] += 1
        one[1] += marked >= criteria
        one[2] += bool(closed)
    people = {**{one.pk: one for one in Person.objects.filter(pk__in=found.keys() - now.keys())}, **now}
    readers = [
        Reader(people[pk], papers=given, full=full, closed=closed, here=pk in now)
        for pk, (given, full, closed) in found.items()
        if pk in people
    ]
    needed = papers * round_.each
    held = sum(one.papers if one.here else one.closed for one in readers)
    return Progress(
        papers=papers,
        needed=needed,
        counted=counted(round_, at).count(),
        readers=sorted(readers, key=lambda one: (not one.here, str(one.person).casefold())),
        adrift=needed - held if round_.given_at else 0,
    )


def unread(round_: Round, at: datetime) -> int:
    """Count the papers that fewer people have read than declared."""
    read = Counter(counted(round_, at).values_list("assignment__paper", flat=True))
    enough = sum(n >= round_.each for n in read.values())
    return round_.papers.count() - enough


@dataclass(frozen=True, slots=True)
class Read:
    """What one of those who read a paper gave and wrote. Who it was does not stand here."""

    marks: list[tuple[Criterion, int]]
    words: str


def read_by(paper: int, round_: Round, at: datetime) -> list[Read]:
    """Return what those who read a paper said of it, in a drawn order: for whom the paper came from."""
    sheets = counted(round_, at).filter(assignment__paper=paper).order_by("assignment__turn", "pk")
    criteria = {one.pk: one for one in round_.rubric}
    marks: dict[int, list[tuple[Criterion, int]]] = defaultdict(list)
    given = Mark.objects.filter(sheet__in=[sheet.pk for sheet in sheets]).order_by("criterion__position")
    for sheet, criterion, points in given.values_list("sheet", "criterion", "points"):
        marks[sheet].append((criteria[criterion], points))
    return [Read(marks[sheet.pk], sheet.words) for sheet in sheets]
