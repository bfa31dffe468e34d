"""How a selection goes, in figures, for who coordinates it. A fixed number of queries, whatever the number of applicants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from sqcuola.admissions.models import Application, Offer, Test
from sqcuola.admissions.queries.reading import letters_in, reading_of
from sqcuola.admissions.queries.scores import OWNER
from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.queries import phase
from sqcuola.kernel.models import Act
from sqcuola.kernel.prepared import prepared
from sqcuola.marking import queries as reading
from sqcuola.questions.models import Attempt
from sqcuola.ui.dates import short_day

SHOWN = 4
DAYS = 14
REMEMBERED = 60  # seconds
HANDED_IN = Q(submitted_at__isnull=False, withdrawn_at=None)

Counts = dict[str, dict[str, tuple[int, int]]]  # by kind and label: how many began, how many handed in


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: how many began, how many handed in. `rest` is what is left, without a bar beside the others."""

    label: str
    value: int
    other: int
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Charts:
    """Where applicants come from, how they heard of the school, on which days they came."""

    regions: list[Bar]
    channels: list[Bar]
    days: list[Bar]

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
    return max((bar.value for bar in bars if not bar.rest), default=0)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a selection has come: `test_ends` is None without a test, `tested` began it, `helps` nobody has decided.

    Where letters are read there are `letters` handed in; once they are `given` out, `read` of `to_read` readings count.
    """

    begun: int
    submitted: int
    withdrawn: int
    tested: int
    offered: int
    accepted: int
    waiting: int
    helps: int
    test_ends: datetime | None
    letters: int = 0
    given: bool = False
    to_read: int = 0
    read: int = 0

    @property
    def unfinished(self) -> int:
        """How many began, and neither handed in nor withdrew."""
        return self.begun - self.submitted - self.withdrawn

    def is_tested(self, at: datetime) -> bool:
        """Say whether there was a test, and it is over."""
        return self.test_ends is not None and self.test_ends <= at

    def by_list(self, at: datetime) -> dict[str, int]:
        """Return the length of each list of this room, so that nobody counts again."""
        return {
            "unfinished": self.unfinished,
            "submitted": self.submitted,
            "absent": max(0, self.submitted - self.tested) if self.is_tested(at) else 0,
            "offered": self.offered,
            "accepted": self.accepted,
            "waiting": self.waiting,
        }


def progress(edition: Edition, at: datetime) -> Progress:
    """Return who stands where. Counted anew after each act of the edition: every step of an application is one.

    Of two acts that are written at once the later one may be seen first: what the other changed is there a minute later.
    """
    key = f"admissions.progress:{edition.pk}:{_newest_act.first(edition.scope)}"
    found: Progress | None = cache.get(key)
    if found is None:
        found = _count(edition, at)
        cache.set(key, found, REMEMBERED)
    return found


@prepared
def _newest_act(scope: str) -> QuerySet[Act, int]:
    return Act.objects.filter(scope=scope).order_by("-pk").values_list("pk", flat=True)[:1]


def _count(edition: Edition, at: datetime) -> Progress:
    """Count who stands where, in two queries; with letters that are read, in five more."""
    sittings = Attempt.objects.filter(owner=OWNER, thing=OuterRef("pk"), trial=False).order_by()
    takers = Subquery(sittings.values("thing").annotate(n=Count("pk")).values("n"))
    test = Test.objects.filter(edition=edition).values_list("ends", Coalesce(takers, 0)).first()
    counted = Application.objects.filter(edition=edition).aggregate(
        begun=Count("pk"),
        submitted=Count("pk", filter=HANDED_IN),
        withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
        offered=Count("pk", filter=Q(offer__state=Offer.State.MADE)),
        accepted=Count("pk", filter=Q(offer__state=Offer.State.ACCEPTED)),
        waiting=Count("pk", filter=Q(line__isnull=False, offer=None, withdrawn_at=None)),
        helps=Count("pk", filter=HANDED_IN & Q(accommodation__isnull=False, accommodation__decided_at=None)),
    )
    reading = _reading(edition, at) if phase(edition, Phase.Kind.READING) else {}
    return Progress(test_ends=test[0] if test else None, tested=test[1] if test else 0, **counted, **reading)


def _reading(edition: Edition, at: datetime) -> dict[str, Any]:
    round_ = reading_of(edition)
    if round_ is None:
        return {}
    papers = round_.papers.count() if round_.filled_at else 0
    return {
        "letters": papers or letters_in(edition),
        "given": round_.given_at is not None,
        "to_read": papers * round_.each,
        "read": reading.counted(round_, at).count() if papers else 0,
    }


def charts(edition: Edition, at: datetime) -> Charts:
    """Count applicants by region, channel and day, in one query that the database adds up; a minute old at most."""
    zone, key = ZoneInfo(edition.zone), f"admissions.charts:{edition.pk}"
    found: Counts | None = cache.get(key)
    if found is None:
        found = {name: {} for name in ("region", "channel", "begun", "handed in")}
        first, *others = _counts(edition, at, zone)
        for kind, label, began, done in first.union(*others, all=True):
            found[kind][label] = (began, done)
        cache.set(key, found, REMEMBERED)
    channels = {_channel(key): value for key, value in found["channel"].items()}
    return Charts(
        regions=_first(_bars(found["region"]), _("elsewhere")),
        channels=_first(_bars(channels), _("in other ways")),
        days=_days(found["begun"], found["handed in"], timezone.localtime(at, zone).date()),
    )


def _counts(
    edition: Edition, at: datetime, zone: ZoneInfo
) -> list[QuerySet[Application, tuple[str, str, int, int]]]:
    since = at - timedelta(days=DAYS)
    mine = Application.objects.filter(edition=edition)
    region = Coalesce("person__profile__region", Value(""), output_field=CharField())
    begun, handed_in = _day("started_at", since, at, zone), _day("submitted_at", since, at, zone)
    return [
        _counted(mine, "region", region),
        _counted(mine, "channel", F("channel")),
        _counted(mine.filter(started_at__gte=since), "begun", begun),
        _counted(mine.filter(HANDED_IN, submitted_at__gte=since), "handed in", handed_in),
    ]


def _day(field: str, since: datetime, at: datetime, zone: ZoneInfo) -> Case:
    """Return the day of an instant by comparing it with each midnight: SQLite asks Python for every row to cut a date."""
    first, last = since.astimezone(zone).date(), at.astimezone(zone).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    until = {day: datetime.combine(day + timedelta(days=1), time.min, zone) for day in days[:-1]}
    return Case(
        *(When(**{f"{field}__lt": midnight}, then=Value(day.isoformat())) for day, midnight in until.items()),
        default=Value(last.isoformat()),
        output_field=CharField(),
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
    ordered = sorted(counted.items(), key=lambda item: (not item[0], -item[1][0], item[0]))
    return (Bar(label or _("not said"), begun, done, rest=not label) for label, (begun, done) in ordered)


def _days(begun: dict[str, tuple[int, int]], handed_in: dict[str, tuple[int, int]], today: date) -> list[Bar]:
    """Return a row a day up to today, those on which nothing happened too: a gap must not look like the day before."""
    listed = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
    none = (0, 0)
    return [
        Bar(short_day(day), begun.get(f"{day}", none)[0], handed_in.get(f"{day}", none)[0]) for day in listed
    ]


def _first(bars: Iterable[Bar], others: str) -> list[Bar]:
    """Return the first few; after them, what the others come to, and who did not say."""
    listed = list(bars)
    named, unsaid = [bar for bar in listed if not bar.rest], [bar for bar in listed if bar.rest]
    shown, left = named[:SHOWN], named[SHOWN:]
    if len(left) > 1:
        left = [Bar(others, sum(bar.value for bar in left), sum(bar.other for bar in left), rest=True)]
    return [*shown, *left, *unsaid]
