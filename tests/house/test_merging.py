"""Two accounts of one person can become one only when every room moves what it keeps of people."""

import inspect
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model

from sqcuola.people import merging
from sqcuola.people.models import Person


def left_behind(models: Iterable[type[Model]], movers: dict[str, merging.Mover]) -> list[str]:
    """Say which models hold a person and are not named by the mover of their room: they would stop every joining."""
    found = []
    for model in models:
        holds = any(
            field.is_relation and field.related_model is Person for field in model._meta.concrete_fields
        )
        mover = movers.get(model._meta.app_label)
        text = inspect.getsource(inspect.getmodule(mover)) if mover else ""
        if holds and model.__name__ not in text:
            found.append(model._meta.label)
    return found


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("sqcuola.")]


def test_every_table_that_holds_a_person_is_moved_or_ended():
    assert left_behind(ours(), merging._movers) == []


def test_a_room_without_a_mover_is_found():
    movers = {room: mover for room, mover in merging._movers.items() if room != "questions"}

    assert "questions.Attempt" in left_behind(ours(), movers)
