"""Put a test together, and change it while nobody has been given it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sqcuola.kernel import acts
from sqcuola.people.models import Person
from sqcuola.questions import rules
from sqcuola.questions.acts import BlueprintChanged
from sqcuola.questions.models import Blueprint, BlueprintLine

Pool = tuple[int, str]  # a bank's id and a category


@dataclass(frozen=True, slots=True)
class Shape:
    """How a test is to be: so many questions from each pool, and how they are given."""

    name: str
    per_page: int
    policy: str
    shuffle_options: bool
    counts: Mapping[Pool, int]


def create_blueprint(shape: Shape, *, by: Person, at: datetime) -> Blueprint:
    """Make a blueprint with a seed of its own."""
    rules.may_manage(by, at).or_refuse()
    with transaction.atomic():
        blueprint = Blueprint.objects.create(
            name=shape.name,
            per_page=shape.per_page,
            policy=shape.policy,
            shuffle_options=shape.shuffle_options,
            seed=secrets.token_hex(16),
            created_at=at,
        )
        _lines(blueprint, shape, by, at)
    return blueprint


def change_blueprint(blueprint: Blueprint, shape: Shape, *, by: Person, at: datetime) -> Blueprint:
    """Change a blueprint that nobody has been given questions from."""
    rules.may_change(by, blueprint, at).or_refuse()
    with transaction.atomic():
        blueprint = Blueprint.objects.select_for_update().get(pk=blueprint.pk)
        rules.may_change(by, blueprint, at).or_refuse()
        blueprint.name, blueprint.per_page = shape.name, shape.per_page
        blueprint.policy, blueprint.shuffle_options = shape.policy, shape.shuffle_options
        blueprint.save(update_fields=["name", "per_page", "policy", "shuffle_options"])
        _lines(blueprint, shape, by, at)
    return blueprint


def _lines(blueprint: Blueprint, shape: Shape, by: Person, at: datetime) -> None:
    blueprint.lines.all().delete()
    wanted = [(pool, count) for pool, count in shape.counts.items() if count]
    BlueprintLine.objects.bulk_create(
        BlueprintLine(blueprint=blueprint, position=position, bank_id=bank, category=category, count=count)
        for position, ((bank, category), count) in enumerate(wanted, start=1)
    )
    acts.record(BlueprintChanged(blueprint=blueprint.pk, questions=sum(shape.counts.values())), by=by, at=at)
