"""Setting what an edition asks: the questions of its letter and the items of its CV, while nobody has begun to answer."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from sqcuola.admissions import rules
from sqcuola.admissions.acts import AskedSet
from sqcuola.admissions.models import Asked, CvItem, LetterQuestion, Part, part_with
from sqcuola.editions.actions import publish_rules
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import with_phases
from sqcuola.kernel import acts
from sqcuola.kernel.verdicts import Missing
from sqcuola.people.models import Person


def add_asked(part: Part, facts: Mapping[str, Any], *, by: Person, at: datetime, reason: str = "") -> Asked:
    """Ask one thing more, as the last. Sent twice, it is asked once. A public edition needs a reason for each change."""
    rules.may_add_asked(by, part, at).or_refuse()
    with _held(part.edition, by, at) as edition:
        there = part.rows.filter(**facts).first()
        if there is not None:
            return there
        rules.may_add_asked(by, part, at).or_refuse()
        last = part.rows.last()
        made = part.rows.create(edition=edition, position=last.position + 1 if last else 1, **facts)
        _note(edition, reason, by, at)
    return made


def change_asked(
    row: Asked, facts: Mapping[str, Any], *, by: Person, at: datetime, reason: str = ""
) -> Asked:
    """Say a question or an item otherwise; nothing is recorded when it is said so already."""
    rules.may_change_asked(by, row, at).or_refuse()
    with _held(row.edition, by, at) as edition:
        fresh = _still_there(row)
        changed = [name for name, value in facts.items() if getattr(fresh, name) != value]
        for name in changed:
            setattr(fresh, name, facts[name])
        if changed:
            fresh.save(update_fields=changed)
            _note(edition, reason, by, at)
    return fresh


def move_asked(row: Asked, to: int, *, by: Person, at: datetime, reason: str = "") -> None:
    """Put a question or an item in the place `to`, counted from 1; the others make room."""
    rules.may_change_asked(by, row, at).or_refuse()
    with _held(row.edition, by, at) as edition:
        moved, before = _still_there(row), list(part_with(row).rows)
        after = [other for other in before if other != moved]
        after.insert(to - 1, moved)
        if after != before:
            _in_order(after)
            _note(edition, reason, by, at)


def take_asked_away(row: Asked, *, by: Person, at: datetime, reason: str = "") -> None:
    """Ask one thing less; what follows moves up. Taken away already, nothing happens."""
    rules.may_change_asked(by, row, at).or_refuse()
    part = part_with(row)
    with _held(row.edition, by, at) as edition:
        taken, _what = part.rows.filter(pk=row.pk).delete()
        if taken:
            _in_order(list(part.rows))
            _note(edition, reason, by, at)


@contextmanager
def _held(edition: Edition, by: Person, at: datetime) -> Iterator[Edition]:
    """Hold the edition, so that nobody begins an application meanwhile, and judge once more."""
    with transaction.atomic():
        fresh = with_phases(Edition.objects.select_for_update().get(pk=edition.pk))
        rules.may_set_asked(by, fresh, at).or_refuse()
        yield fresh


def _still_there(row: Asked) -> Asked:
    """Read a question or an item anew; taken away meanwhile, it is missing as if it had never been."""
    fresh = part_with(row).rows.filter(pk=row.pk).first()
    if fresh is None:
        raise Missing
    return fresh


def _in_order(rows: list[Asked]) -> None:
    """Count the places from 1. No two may hold one place, not even in between: all go behind the last first."""
    free = max((row.position for row in rows), default=0) + 1
    moved = [(row, place) for place, row in enumerate(rows, start=1) if row.position != place]
    for start in (max(free, len(rows) + 1), None):
        for number, (row, place) in enumerate(moved):
            row.position = place if start is None else start + number
            row.save(update_fields=["position"])


def _note(edition: Edition, reason: str, by: Person, at: datetime) -> None:
    """Record that what is asked changed, and fix the rules that say it."""
    acts.record(
        AskedSet(
            edition=edition.pk,
            questions=LetterQuestion.objects.filter(edition=edition).count(),
            items=CvItem.objects.filter(edition=edition).count(),
        ),
        by=by,
        at=at,
        scope=edition.scope,
    )
    publish_rules(edition, reason=reason, by=by, at=at)
