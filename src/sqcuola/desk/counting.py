"""What others did where somebody belongs, counted by what it was: at a cost that is the same for a large edition and a small one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Final

from django.db.models import Count, Max, QuerySet

from sqcuola.kernel import acts
from sqcuola.kernel.acts import Act, ActorCode
from sqcuola.kernel.prepared import prepared
from sqcuola.notices.models import Notice
from sqcuola.people.models import Person

MOST: Final = 500  # acts of one scope and audience that are counted: the index hands over the latest, and no more are read
MOST_PAIRS: Final = (
    24  # scopes and audiences that are counted at once; who belongs to more hears of the first of them
)
_Row = tuple[str, str, str, int, datetime]


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something was done in a scope, and when for the last time, as people are told; `more`: at least that often."""

    scope: str
    verb: str
    n: int
    latest: datetime
    more: bool


def counted(person: Person, scopes: Iterable[str], since: datetime, at: datetime) -> list[Counted]:
    """Count what others did after `since` up to `at` in these scopes, as far as a person may know of it, the latest first.

    What a notice told them of is not counted again. One query, none where nothing may be known.
    """
    pairs = [(scope, audience) for scope in scopes for audience in acts.listed(person, at, scope) or ()]
    if not pairs:
        return []
    rows = _counts(person.pk, since, at, *(key for pair in pairs[:MOST_PAIRS] for key in pair))
    read: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str], tuple[int, datetime]] = {}
    for scope, audience, verb, n, latest in rows:
        read[scope, audience] += n
        before, last = found.get((scope, verb), (0, latest))
        found[scope, verb] = before + n, max(last, latest)
    full = {(scope, verb) for scope, audience, verb, _n, _latest in rows if read[scope, audience] >= MOST}
    listed = [
        Counted(scope, verb, n, acts.told_at(verb, latest), (scope, verb) in full)
        for (scope, verb), (n, latest) in found.items()
    ]
    return sorted(listed, key=lambda one: one.latest, reverse=True)


@prepared
def _counts(person: int, since: datetime, at: datetime, *pairs: str) -> QuerySet[Act, _Row]:
    own = ActorCode.objects.filter(account_id=person).values("code")
    told = Notice.objects.filter(person=person, act_id__isnull=False).values("act_id")

    def of(scope: str, audience: str = "") -> QuerySet[Act, _Row]:
        there = Act.objects.filter(scope=scope, audience=audience, at__gt=since, at__lte=at)
        newest = there.exclude(actor_code__in=own).exclude(pk__in=told).order_by("-at", "-id")
        several = Act.objects.filter(pk__in=newest.values("pk")[:MOST]).order_by()
        return several.values_list("scope", "audience", "verb").annotate(n=Count("pk"), latest=Max("at"))

    first, *others = [of(*pair) for pair in batched(pairs, 2)]
    return first.union(*others, all=True)
