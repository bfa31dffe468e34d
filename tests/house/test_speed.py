"""What the pages that matter cost: the figures of docs/benchmarks.md, as far as they do not depend on the machine."""

from dataclasses import replace

import pytest
from bench import cases, crowd, places
from bench.harness import Counter, Measured, median_ratio
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from sqcuola.config.rehearsal.mode import CHEAP_HASHER
from sqcuola.config.world import building
from sqcuola.front import cache
from sqcuola.kernel import clock

FEW, MANY = 8, 40
# Three times what was measured: on a busy machine a test must not fail by itself.
MOST_TIMES_BARE = {"public page, from cache": 6, "a saved answer": 40}
OTHERS = 240
# Tests remember nothing between requests, so that what is kept in memory elsewhere is read anew here; and they stand inside a
# transaction, so that each of a page's own is two statements.
MOST_QUERIES = {
    "my desk, who applied": 13,
    "my desk, who coordinates": 13,
    "cockpit, the call is open": 15,
    "cockpit, the test goes on": 15,
    "cockpit, offers are out": 15,
    "public page, from cache": 0,
    "public page, without cache": 12,
    "reading desk, the pile": 12,
    "reading desk, one paper": 13,
    "saving a draft, the letter": 10,
    "saving a draft, about oneself": 9,
    "test page, twenty questions on it": 11,
    "test page, one of twenty questions": 11,
    "a saved answer": 11,  # ten on SQLite, where the log is a database of its own
}


@pytest.fixture
def school(both, settings):
    settings.ROOT_URLCONF = "bench.urls"
    settings.PASSWORD_HASHERS = [CHEAP_HASHER]
    settings.KEEP_PAGES = True
    at = clock.now()
    # A test's transaction is its connection's: a request may not close it, which Django's own test client sees to.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield places.prepare(building.build(at - places.AGO), at)
    cache.forget()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def counted(school):
    """Return how many statements each case sends, the second time it is asked."""
    found = {}
    for case in cases.of(school)[1]:
        case.ask(1)
        with Counter() as counter:
            assert case.ask(2).status == case.status, case.name
        found[case.name] = counter.statements
    return found


def test_pages_cost_the_same_whatever_the_number_of_applicants_and_not_much_more_than_a_bare_view(school):
    crowd.add(school, FEW)
    few = counted(school)
    crowd.add(school, MANY)
    many = counted(school)

    assert {name: len(statements) for name, statements in few.items()} == {
        name: len(statements) for name, statements in many.items()
    }
    _bare, listed = cases.of(school)
    most = {case.name: MOST_QUERIES.get(case.name, case.queries) for case in listed}
    assert {
        name: len(statements)
        for name, statements in many.items()
        if most[name] is not None and len(statements) > most[name]
    } == {}
    assert too_dear(school) == {}


def too_dear(school):
    bare, listed = cases.of(school)
    measured = Measured([replace(case, times=5) for case in listed], replace(bare, times=25))
    measured.warm()
    for _ in range(3):
        measured.round()
    ratios = {
        case.name: median_ratio(measured.taken[case.name], measured.taken[bare.name]) for case in listed
    }
    return {name: ratio for name, ratio in ratios.items() if ratio > MOST_TIMES_BARE.get(name, OTHERS)}
