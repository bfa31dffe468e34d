"""What a blueprint draws for one attempt: the same for the same seed and pool, by SQ1 (docs/methods.md)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from sqcuola.methods.draw import Draw
from sqcuola.questions.models import Blueprint, BlueprintLine, Option, Question

CHOICES = {Question.Kind.SINGLE, Question.Kind.MULTIPLE}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question with the order of its options; `matches` is the order of the right halves of pairs."""

    question: int
    options: list[int]
    matches: list[int]


class NotEnough(ValueError):  # noqa: N818 - it says what is the matter
    """A line asks for more questions than the bank had."""

    def __init__(self, line: BlueprintLine, there: int) -> None:
        super().__init__(f"{line.count} of {there} questions cannot be drawn")
        self.line, self.there = line, there


def pool(line: BlueprintLine, at: datetime) -> QuerySet[Question]:
    """Return the questions a line could draw from at an instant: those that are marked by themselves.

    A text is read by people, which no test asks for yet: drawn, it would cost its candidate the points.
    """
    there = Question.objects.filter(
        Q(retired_at=None) | Q(retired_at__gt=at), bank=line.bank_id, added_at__lte=at
    ).exclude(kind=Question.Kind.ESSAY)
    return there.filter(category=line.category) if line.category else there


def seed_of(blueprint: Blueprint, code: str) -> str:
    """Return the seed of one attempt."""
    return f"{blueprint.seed} {code}"


def draw(blueprint: Blueprint, code: str, at: datetime) -> list[Drawn]:
    """Draw an attempt's questions, line by line, and the order of the options of each."""
    own = seed_of(blueprint, code)
    seed = blueprint.seed if blueprint.policy == Blueprint.Policy.SAME else own
    drawn: list[int] = []
    # What can come from one category only is drawn first: a whole bank must not take the last of it.
    for line in sorted(blueprint.lines.all(), key=lambda one: not one.category):
        taken = set(drawn)
        ids = [pk for pk in pool(line, at).order_by("pk").values_list("pk", flat=True) if pk not in taken]
        if len(ids) < line.count:
            raise NotEnough(line, len(ids))
        drawn += Draw(seed, f"line {line.position}").sample(ids, line.count)
    return _with_options(drawn, own, mixed=blueprint.shuffle_options)


def _with_options(questions: list[int], seed: str, *, mixed: bool) -> list[Drawn]:
    kinds = dict(Question.objects.filter(pk__in=questions).values_list("pk", "kind"))
    options: defaultdict[int, list[Option]] = defaultdict(list)
    for option in Option.objects.filter(question__in=questions).order_by("position"):
        options[option.question_id].append(option)
    return [_one(question, kinds[question], options[question], seed, mixed=mixed) for question in questions]


def _one(question: int, kind: str, options: Iterable[Option], seed: str, *, mixed: bool) -> Drawn:
    ids = [option.pk for option in options]
    if kind in CHOICES:
        return Drawn(question, Draw(seed, f"options {question}").shuffle(ids) if mixed else ids, [])
    if kind == Question.Kind.TRUE_FALSE:
        return Drawn(question, ids, [])
    if kind == Question.Kind.MATCHING:
        left = [option.pk for option in options if option.text]
        right = Draw(seed, f"matches {question}").shuffle(ids)  # in order they would give the answer away
        return Drawn(question, Draw(seed, f"options {question}").shuffle(left) if mixed else left, right)
    return Drawn(question, [], [])
