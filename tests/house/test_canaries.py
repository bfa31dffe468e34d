"""What is written in confidence is read by nobody else, by whatever road."""

import json
import logging

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from django_tasks_db.models import DBTaskResult
from tests import access_matrix, canaries, canary_walk

from sqcuola.config import urls as house
from sqcuola.editions import actions
from sqcuola.kernel import acts, lists, logs, privacy, search
from sqcuola.kernel.access import anyone
from sqcuola.kernel.models import Act, SearchEntry
from sqcuola.people.models import Person

pytestmark = pytest.mark.django_db


class Kept(logging.Handler):
    """Keeps lines as the house writes them."""

    def __init__(self):
        super().__init__()
        self.setFormatter(logs.Formatter())
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def cast(monkeypatch):
    # The cast adds a list, which other tests must not find.
    monkeypatch.setattr(lists, "_lists", dict(lists._lists))
    return access_matrix.build_cast()


@pytest.fixture
def kept():
    handler, root = Kept(), logging.getLogger()
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)


def test_every_personal_field_has_a_canary_or_a_reason():
    assert canaries.undecided() == []


def test_a_canary_is_read_only_by_who_may(cast, kept):
    planted = canaries.plant(cast)
    listed = canary_walk.places(cast)
    assert {door.name for door in canary_walk.readable()} - {name for name, _kwargs in listed} == set()

    found = canary_walk.walk(cast, planted, listed)

    assert canary_walk.leaks(found) == []
    # The walk can find: each canary is somewhere, and who may read it does.
    own = json.dumps(privacy.export(cast.people[canaries.SELF]), default=str)
    seen = {one.canary.field for one in found} | {one.field for one in canary_walk.among(planted, own)}
    assert set(canaries.MAY_READ) - seen == canaries.NOWHERE
    assert canary_walk.unread(found) == []
    assert_nowhere_else(planted, cast)


def answer_her(cast):
    """Answer in public what she asked: the answer is found from then on, and who asked is not."""
    edition = cast.adm_open
    asked = actions.ask(edition, "Is a degree needed?", email=cast.people[canaries.SELF].email, at=cast.at)
    actions.answer(asked, "No degree.", by=cast.people["coordinator"], at=cast.at)
    assert search.find("degree", None, cast.at).found


def assert_nowhere_else(planted, cast):
    """Look where no url leads: other people's copies, the index, the chain of acts, the jobs."""
    answer_her(cast)
    acts.seal(cast.at)
    for kind in canary_walk.KINDS:
        person = cast.people[kind]
        if person is not None and kind != canaries.SELF:
            copy = json.dumps(privacy.export(person), default=str)
            assert (kind, canary_walk.among(planted, copy)) == (kind, [])
    for canary in planted:
        for kind in canary_walk.KINDS:
            assert search.find(canary.word, cast.people[kind], cast.at).found == [], (kind, canary)
    index = list(SearchEntry.objects.values())
    assert {row["kind"] for row in index} == {"edition", "answer"}
    assert canary_walk.among(planted, json.dumps(index, default=str)) == []
    assert canary_walk.among(planted, json.dumps(list(Act.objects.values()), default=str)) == []
    assert canary_walk.among(planted, json.dumps(list(DBTaskResult.objects.values()), default=str)) == []


def loose(request):
    her = Person.objects.get(email__endswith="@canary.example")
    return HttpResponse("ok", headers={"X-Who": her.profile.town})


def failing(request):
    raise ValueError(Person.objects.get(email__endswith="@canary.example").profile.town)


urlpatterns = [
    path("loose", anyone()(loose), name="loose"),
    path("failing", anyone()(failing), name="failing"),
    *house.urlpatterns,
]
handler403 = "sqcuola.kernel.errors.denied"
handler404 = "sqcuola.kernel.errors.missing"
handler500 = "sqcuola.kernel.errors.broken"


def test_the_walk_finds_what_a_header_says(cast):
    planted = canaries.plant(cast)
    with override_settings(ROOT_URLCONF=__name__):
        found = canary_walk.walk(cast, planted, [("loose", {})], ("visitor", "coordinator", canaries.SELF))

    assert canary_walk.leaks(found) == [
        "coordinator read people.Profile.town at loose",
        "visitor read people.Profile.town at loose",
    ]


def test_a_failure_says_no_canary_to_who_reads_the_log(cast, kept):
    planted = canaries.plant(cast)
    with override_settings(ROOT_URLCONF=__name__):
        found = canary_walk.walk(cast, planted, [("failing", {})], ("visitor", canaries.SELF))

    assert canary_walk.leaks(found) == []
    assert "ValueError" in "\n".join(kept)
    assert canary_walk.among(planted, "\n".join(kept)) == []


def test_a_field_that_nobody_thought_of_is_found(monkeypatch):
    monkeypatch.delitem(canaries.MAY_READ, "people.Profile.town")

    assert canaries.undecided() == ["people.Profile.town"]
