"""How a selection goes, in figures, for who coordinates it. A fixed number of queries, whatever the number of applicants."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from sqcuola.admissions.models import Application, Offer, Test
from sqcuola.admissions.queries.helping import kept_by_nobody
from sqcuola.admissions.queries.scores import OWNER
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import unanswered
from sqcuola.questions.models import Attempt
from sqcuola.ui.dates import short_day

SHOWN = 4
DAYS = 14
HANDED_IN = Q(submitted_at__isnull=False, withdrawn_at=None)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: how many began, how many handed in."""

    label: str
    value: int
    other: int


@dataclass(frozen=True, slots=True)
class Charts:
    """Where applicants come from, how they heard of the school, on which days they came; and what waits for an answer."""

    regions: list[Bar]
    channels: list[Bar]
    days: list[Bar]
    questions: int
    helps: int

    @property
    def most_region(self) -> int:
        return _most(self.regions)

    @property
    def most_channel(self) -> int:
        return _most(self.channels)

    @property
    def most_day(self) -> int:
        return _most(self.days)


def _most(bars: list[Bar]) -> int:
    return max((bar.value for bar in bars), default=0)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a selection has come."""

    begun: int
    submitted: int
    withdrawn: int
    tested: int
    offered: int
    accepted: int
    waiting: int

    @property
    def unfinished(self) -> int:
        """How many began, and neither handed in nor withdrew."""
        return self.begun - self.submitted - self.withdrawn

    def by_list(self, *, over: bool) -> dict[str, int]:
        """Return the length of each list of this room, so that nobody counts again; `over`: the test is."""
        return {
            "unfinished": self.unfinished,
            "submitted": self.submitted,
            "absent": max(0, self.submitted - self.tested) if over else 0,
            "offered": self.offered,
            "accepted": self.accepted,
            "waiting": self.waiting,
        }


def test_and_takers(edition: Edition) -> tuple[Test | None, int]:
    """Return the test of an edition and how many began it, in one query."""
    sittings = Attempt.objects.filter(owner=OWNER, thing=OuterRef("pk"), trial=False).order_by()
    takers = Subquery(sittings.values("thing").annotate(n=Count("pk")).values("n"))
    test = (
        Test.objects.filter(edition=edition)
        .select_related("edition", "blueprint")
        .annotate(takers=Coalesce(takers, 0))
        .first()
    )
    return test, test.takers if test else 0


def progress(edition: Edition, tested: int) -> Progress:
    """Count who stands where, in one query; `tested` began the test."""
    counted = Application.objects.filter(edition=edition).aggregate(
        begun=Count("pk"),
        submitted=Count("pk", filter=HANDED_IN),
        withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
        offered=Count("pk", filter=Q(offer__state=Offer.State.MADE)),
        accepted=Count("pk", filter=Q(offer__state=Offer.State.ACCEPTED)),
        waiting=Count("pk", filter=Q(line__isnull=False, offer=None, withdrawn_at=None)),
    )
    return Progress(tested=tested, **counted)


def charts(edition: Edition, at: datetime) -> Charts:
    """Count applicants by region, channel and day, and what waits: one query for all, which the database adds up."""
    zone, since = ZoneInfo(edition.zone), at - timedelta(days=DAYS)
    mine = Application.objects.filter(edition=edition)
    region = Coalesce("person__profile__region", Value(""), output_field=CharField())
    begun = Cast(TruncDate("started_at", tzinfo=zone), CharField())
    handed_in = Cast(TruncDate("submitted_at", tzinfo=zone), CharField())
    rows = _counted(mine, "region", region).union(
        _counted(mine, "channel", F("channel")),
        _counted(mine.filter(started_at__gte=since), "begun", begun),
        _counted(mine.filter(HANDED_IN, submitted_at__gte=since), "handed in", handed_in),
        _waiting(edition, unanswered(edition), "questions"),
        _waiting(edition, kept_by_nobody(edition, at), "helps"),
        all=True,
    )
    found: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for kind, label, first, second in rows:
        found[kind][label] = (first, second)
    return Charts(
        regions=_first(_bars(found["region"])),
        channels=_first(_bars({_channel(key): value for key, value in found["channel"].items()})),
        days=_days(found["begun"], found["handed in"], timezone.localtime(at, zone).date()),
        questions=found["questions"][""][0],
        helps=found["helps"][""][0],
    )


def _waiting(edition: Edition, rows: QuerySet[Any], kind: str) -> QuerySet[Any, tuple[str, str, int, int]]:
    """Count rows that wait in the shape of `_counted`; one row also where there is nothing."""
    one = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return (
        Edition.objects.filter(pk=edition.pk)
        .order_by()
        .values(kind=Value(kind, output_field=CharField()), label=Value("", output_field=CharField()))
        .annotate(n=Coalesce(Subquery(one), 0, output_field=IntegerField()), done=Value(0))
        .values_list("kind", "label", "n", "done")
    )


def _counted(
    rows: QuerySet[Application], kind: str, label: object
) -> QuerySet[Application, tuple[str, str, int, int]]:
    return (
        rows.order_by()
        .values(kind=Value(kind, output_field=CharField()), label=label)
        .annotate(n=Count("pk", output_field=IntegerField()), done=Count("pk", filter=HANDED_IN))
        .values_list("kind", "label", "n", "done")
    )


def _channel(key: str) -> str:
    return str(Application.Channel(key).label) if key else ""


def _bars(counted: dict[str, tuple[int, int]]) -> Iterable[Bar]:
    ordered = sorted(counted.items(), key=lambda item: (-item[1][0], item[0]))
    return (Bar(label or _("not said"), begun, done) for label, (begun, done) in ordered)


def _days(begun: dict[str, tuple[int, int]], handed_in: dict[str, tuple[int, int]], today: date) -> list[Bar]:
    """Return a row a day up to today, those on which nothing happened too: a gap must not look like the day before."""
    listed = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
    none = (0, 0)
    return [
        Bar(short_day(day), begun.get(f"{day}", none)[0], handed_in.get(f"{day}", none)[0]) for day in listed
    ]


def _first(bars: Iterable[Bar]) -> list[Bar]:
    listed = list(bars)
    shown, rest = listed[:SHOWN], listed[SHOWN:]
    if rest:
        shown.append(Bar(_("elsewhere"), sum(bar.value for bar in rest), sum(bar.other for bar in rest)))
    return shown
