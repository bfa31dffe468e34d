"""Setting by what letters are read and what they weigh, while nobody has begun to answer: people rely on it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from sqcuola.admissions import reading_rules as rules
from sqcuola.admissions.acts import RubricSet
from sqcuola.admissions.models import Weights
from sqcuola.admissions.queries.reading import reading_of
from sqcuola.editions.actions import publish_rules
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import with_phases
from sqcuola.kernel import acts
from sqcuola.kernel.verdicts import Missing
from sqcuola.marking.models import Anchor, Criterion, Round
from sqcuola.people.models import Person


class Said(NamedTuple):
    """What a number of points means, in Italian and English; not said where the Italian is empty."""

    points: int
    words_it: str
    words_en: str


class Looked(NamedTuple):
    """A criterion as it is filled in."""

    words_it: str
    words_en: str
    most: int
    anchors: Sequence[Said]


def add_criterion(
    edition: Edition, looked: Looked, *, reason: str = "", by: Person, at: datetime
) -> Criterion:
    """Read letters for one thing more, as the last. Sent twice, it is there once."""
    rules.may_add_criterion(by, edition, at).or_refuse()
    with _held(edition, by, at) as (fresh, round_):
        rules.may_add_criterion(by, fresh, at).or_refuse()
        there = round_.criteria.filter(words_it=looked.words_it, most=looked.most).first()
        if there is not None:
            return there
        last = round_.criteria.last()
        made = Criterion(round=round_, position=last.position + 1 if last else 1)
        _write(made, looked)
        _note(fresh, round_, reason, by, at)
    return made


def change_criterion(
    criterion: Criterion, looked: Looked, *, reason: str = "", by: Person, at: datetime
) -> Criterion:
    """Say a criterion otherwise, with what its points mean."""
    edition = criterion.round.edition
    rules.may_set_rubric(by, edition, at).or_refuse()
    with _held(edition, by, at) as (fresh, round_):
        there = round_.criteria.filter(pk=criterion.pk).first()
        if there is None:
            raise Missing
        _write(there, looked)
        _note(fresh, round_, reason, by, at)
    return there


def take_criterion_away(criterion: Criterion, *, reason: str = "", by: Person, at: datetime) -> None:
    """Read letters for one thing less; the last one stays. Taken away already, nothing happens."""
    edition = criterion.round.edition
    rules.may_take_criterion_away(by, edition, at).or_refuse()
    with _held(edition, by, at) as (fresh, round_):
        rules.may_take_criterion_away(by, fresh, at).or_refuse()
        taken, _what = round_.criteria.filter(pk=criterion.pk).delete()
        if taken:
            _note(fresh, round_, reason, by, at)


def weigh(edition: Edition, *, letter: int, each: int, reason: str = "", by: Person, at: datetime) -> Weights:
    """Say what the letter weighs, out of a hundred with the test, and how many read it."""
    rules.may_set_rubric(by, edition, at).or_refuse()
    with _held(edition, by, at) as (fresh, round_):
        weights = Weights.objects.get(edition=fresh)
        if (weights.letter, round_.each) != (letter, each):
            weights.letter, weights.test, round_.each = letter, 100 - letter, each
            weights.save(update_fields=["letter", "test"])
            round_.save(update_fields=["each"])
            _note(fresh, round_, reason, by, at)
    return weights


def _write(criterion: Criterion, looked: Looked) -> None:
    criterion.words_it, criterion.words_en, criterion.most = looked.words_it, looked.words_en, looked.most
    criterion.save()
    criterion.anchors.all().delete()
    Anchor.objects.bulk_create(
        Anchor(criterion=criterion, points=said.points, words_it=said.words_it, words_en=said.words_en)
        for said in looked.anchors
        if said.words_it
    )


@contextmanager
def _held(edition: Edition, by: Person, at: datetime) -> Iterator[tuple[Edition, Round]]:
    """Hold the edition, so that nobody begins an application meanwhile, and judge once more."""
    with transaction.atomic():
        fresh = with_phases(Edition.objects.select_for_update().get(pk=edition.pk))
        rules.may_set_rubric(by, fresh, at).or_refuse()
        round_ = reading_of(fresh)
        if round_ is None:
            raise Missing
        yield fresh, round_


def _note(edition: Edition, round_: Round, reason: str, by: Person, at: datetime) -> None:
    """Record what changed, and fix the rules that say it."""
    weights = Weights.objects.get(edition=edition)
    said = RubricSet(edition.pk, criteria=round_.criteria.count(), letter=weights.letter, readers=round_.each)
    acts.record(said, by=by, at=at, scope=edition.scope)
    publish_rules(edition, reason=reason, by=by, at=at)
