"""How a selection goes, in figures, for who coordinates it. A fixed number of queries, whatever the number of applicants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.db.models.functions import TruncDay
from django.utils.translation import gettext as _

from sqcuola.admissions.models import Application, Offer
from sqcuola.admissions.queries.scores import OWNER, test_of
from sqcuola.editions.models import Edition
from sqcuola.questions.models import Attempt
from sqcuola.ui.dates import short_day

SHOWN = 8
DAYS = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: how many began, how many handed in."""

    label: str
    value: int
    other: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a selection has come."""

    begun: int
    submitted: int
    withdrawn: int
    tested: int
    offered: int
    accepted: int

    @property
    def unfinished(self) -> int:
        """How many began, and neither handed in nor withdrew."""
        return self.begun - self.submitted - self.withdrawn


def progress(edition: Edition) -> Progress:
    """Count who stands where: four queries."""
    counted = Application.objects.filter(edition=edition).aggregate(
        begun=Count("pk"),
        submitted=Count("pk", filter=Q(submitted_at__isnull=False, withdrawn_at=None)),
        withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
    )
    test = test_of(edition)
    tested = Attempt.objects.filter(owner=OWNER, thing=test.pk, trial=False).count() if test else 0
    offers = Offer.objects.filter(seat__edition=edition).aggregate(
        offered=Count("pk", filter=Q(state=Offer.State.MADE)),
        accepted=Count("pk", filter=Q(state=Offer.State.ACCEPTED)),
    )
    return Progress(tested=tested, **counted, **offers)


HANDED_IN = Count("pk", filter=Q(submitted_at__isnull=False, withdrawn_at=None))


def by_region(edition: Edition) -> list[Bar]:
    """Return where applicants come from, the largest first; the smaller ones together."""
    rows = (
        Application.objects.filter(edition=edition)
        .values_list("person__profile__region")
        .annotate(begun=Count("pk"), submitted=HANDED_IN)
        .order_by("-begun", "person__profile__region")
    )
    return _first(Bar(region or _("not said"), begun, submitted) for region, begun, submitted in rows)


def by_channel(edition: Edition) -> list[Bar]:
    """Return how applicants heard of the school, the largest first."""
    rows = (
        Application.objects.filter(edition=edition)
        .values_list("channel")
        .annotate(begun=Count("pk"), submitted=HANDED_IN)
        .order_by("-begun", "channel")
    )
    return _first(
        Bar(str(Application.Channel(channel).label) if channel else _("not said"), begun, submitted)
        for channel, begun, submitted in rows
    )


def by_day(edition: Edition, at: datetime) -> list[Bar]:
    """Return who began and who handed in on each of the last days on which somebody did."""
    zone = ZoneInfo(edition.zone)
    since = at - timedelta(days=DAYS)
    days: dict[datetime, list[int]] = {}
    for place, moment in enumerate(("started_at", "submitted_at")):
        rows = (
            Application.objects.filter(edition=edition, **{f"{moment}__gte": since, f"{moment}__lte": at})
            .values_list(TruncDay(moment, tzinfo=zone))
            .annotate(n=Count("pk"))
        )
        for day, number in rows:
            days.setdefault(day, [0, 0])[place] = number
    return [Bar(short_day(day.date()), begun, submitted) for day, (begun, submitted) in sorted(days.items())]


def _first(bars: Iterable[Bar]) -> list[Bar]:
    listed = list(bars)
    shown, rest = listed[:SHOWN], listed[SHOWN:]
    if rest:
        shown.append(Bar(_("elsewhere"), sum(bar.value for bar in rest), sum(bar.other for bar in rest)))
    return shown
