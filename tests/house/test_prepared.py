"""Every query that is written once answers as the query it was written from, and depends on nothing but its values."""

import inspect
import pkgutil
from datetime import datetime, timedelta
from importlib import import_module
from itertools import product
from math import prod
from random import Random
from typing import get_type_hints

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.utils import translation

import sqcuola
from sqcuola.editions.models import Edition, Role
from sqcuola.kernel import clock
from sqcuola.kernel.acts import Act
from sqcuola.kernel.prepared import Blank, Prepared
from sqcuola.people.models import Person

pytestmark = pytest.mark.django_db
ODD = ("", "it", "en", "50 % of %s", "d'oro\\")


def found():
    """Return every prepared query of the house by the name of its module and its own."""
    listed = {}
    for module in pkgutil.walk_packages(sqcuola.__path__, "sqcuola."):
        if ".tests" in module.name or ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, Prepared):
                listed[f"{value.__module__}.{name}"] = value
    return listed


@pytest.fixture
def values(whole_cast):
    """Return what each kind of blank may be asked with: what is there, and what is not."""
    at = clock.now()
    # On PostgreSQL no two tables count alike: a number of each stands here.
    rows = [model._base_manager.values_list("pk", flat=True)[:3] for model in apps.get_models()]
    numbers = [0, *Person.objects.values_list("pk", flat=True), *Edition.objects.values_list("pk", flat=True)]
    numbers += [pk for some in rows for pk in some if isinstance(pk, int)]
    texts = [
        *ODD,
        *Edition.objects.values_list("slug", flat=True),
        *Edition.objects.values_list("scope", flat=True),
        *Act.objects.values_list("audience", flat=True).distinct(),
        *Role.objects.values_list("kind", flat=True).distinct(),
        *Session.objects.values_list("session_key", flat=True),
    ]
    whole = at.replace(microsecond=0)
    instants = [at, whole, whole - timedelta(days=1), at + timedelta(days=400), at - timedelta(days=4000)]
    return {int: sorted(set(numbers)), str: list(dict.fromkeys(texts)), datetime: instants}


def read(rows):
    """Return all that was read of each row: two rows of one key may hold different columns."""
    return [
        {name: value for name, value in vars(row).items() if not name.startswith("_")}
        if hasattr(row, "_meta")
        else row
        for row in rows
    ]


def asked(one):
    """Return the types of its values; of a list at the end, three."""
    hints = get_type_hints(one._write)
    named = inspect.signature(one._write).parameters.items()
    return [
        hints[name] for name, value in named for _ in range(3 if value.kind is value.VAR_POSITIONAL else 1)
    ]


def blanks(one):
    return [Blank(number) for number in range(len(asked(one)))]


def some_of(choices, most=400):
    """Return all combinations of these choices, or that many of them, drawn alike each time."""
    if prod(map(len, choices)) <= most:
        return list(product(*choices))
    drawn = Random(1)
    return [tuple(map(drawn.choice, choices)) for _ in range(most)]


def depends(one):
    """Say whether what a query asks is another in another language, or three months later."""
    with translation.override("it"):
        here = one._write(*blanks(one)).query.sql_with_params()
    clock.shift(timedelta(days=90))
    with translation.override("en"):
        there = one._write(*blanks(one)).query.sql_with_params()
    clock.shift(timedelta())
    return here != there


def test_each_answers_as_the_query_it_was_written_from(values):
    queries, some = found(), set()
    for name, one in queries.items():
        for given in some_of([values[kind] for kind in asked(one)]):
            rows = read(one(*given))
            assert rows == read(one._write(*given)), (name, given)
            some |= {name} if rows else set()

    assert len(some) > len(queries) / 2 > 4, "too little stood there to be compared"


def test_none_depends_on_language_or_hour():
    assert [name for name, one in found().items() if depends(one)] == []


def test_one_that_does_is_found():
    def by_language(key: str):
        return Person.objects.filter(email=key, language=translation.get_language())

    def by_hour(key: str):
        return Person.objects.filter(email=key, joined__lt=clock.now())

    def by_neither(key: str):
        return Person.objects.filter(email=key)

    assert [depends(Prepared(write)) for write in (by_language, by_hour, by_neither)] == [True, True, False]
