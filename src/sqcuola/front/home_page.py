"""The home page: the school, what is open now, what has been."""

from dataclasses import dataclass
from datetime import datetime

from sqcuola.editions import queries
from sqcuola.editions.models import Edition, Phase, School
from sqcuola.front import hero, shown


@dataclass(frozen=True, slots=True)
class Row:
    """One edition in a list."""

    edition: Edition
    standing: str
    call: Phase | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """`first` is the edition with an open call that closes first; `coming` and `past` are the others; `opens`, when a call comes."""

    school: School | None
    first: shown.EditionPage | None
    coming: list[Row]
    past: list[Row]
    opens: datetime | None
    next_change: datetime | None


def read(at: datetime) -> HomePage:
    """Read the home page at one instant."""
    editions = list(queries.visible_to(None, at).prefetch_related("phases").order_by("-number", "-pk")[:50])
    opened = [
        (call.ends, -item.number, -item.pk, item)
        for item in editions
        if (call := queries.phase(item, Phase.Kind.CALL)) and queries.is_open(item, Phase.Kind.CALL, at)
    ]
    first = min(opened)[3] if opened else None
    rows = [
        Row(item, hero.standing(item, at), queries.phase(item, Phase.Kind.CALL))
        for item in editions
        if item is not first
    ]
    over = {row.edition.pk for row in rows if all(phase.ends <= at for phase in row.edition.phases.all())}
    return HomePage(
        school=queries.school(),
        first=shown.edition_page(first, at) if first else None,
        coming=[row for row in rows if row.edition.pk not in over],
        past=[row for row in rows if row.edition.pk in over],
        opens=min((row.call.begins for row in rows if row.call and row.call.begins > at), default=None),
        next_change=queries.next_change(editions, at),
    )
