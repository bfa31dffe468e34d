"""An erased person is found nowhere: in no table of any database, in no file, in no line of the log."""

import json
import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from tests import access_matrix, canaries, canary_walk
from tests.house.test_canaries import Kept
from tests.uploads import keep_in

from sqcuola.editions.models import Clarification
from sqcuola.kernel import acts, clock, lists, search
from sqcuola.kernel.files.taking import prepare
from sqcuola.kernel.models import Outgoing
from sqcuola.people import actions, copies, entering, erasure
from sqcuola.people.models import Person, Profile, SignInCode
from sqcuola.people.tests.conftest import picture

pytestmark = pytest.mark.django_db(databases="__all__")
# A question to the school, which answers it in public, without a name; see the register.
STAYS = {"editions.Clarification.question"}


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


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """Keep copies and files in a folder of the test's own."""
    keep_in(settings, tmp_path)


def everything() -> str:
    """Return every value of every table, whoever made the table, and every name and byte of every file."""
    said = []
    for alias in connections:
        link = connections[alias]
        for table in link.introspection.table_names():
            with link.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {link.ops.quote_name(table)}")
                for row in cursor.fetchall():
                    said += [f"{table}: {_read(value)}" for value in row]
    for path in sorted(Path(settings.HOME).rglob("*")):
        said.append(str(path.relative_to(settings.HOME)))
        if path.is_file():
            said.append(_read(path.read_bytes()))
    return "\n".join(said)


def _read(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return (
        json.dumps(value, default=str, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    )


def index(her: Person, word: str, at: object) -> None:
    """Put something about her into the index, as a room would."""
    entry = search.Entry(
        kind="person", audience="members", scope=acts.HOUSE, title=word, body=word, url="/x/", language="it", at=at,
        about=her,
    )  # fmt: skip
    search.put(f"people.person:{her.pk}", entry)


def test_an_erased_person_is_in_no_table_and_no_file(cast, kept):
    at = clock.now()
    planted = canaries.plant(cast)
    her = cast.people[canaries.SELF]
    # Found by her address, which is a canary of its own.
    for model in (SignInCode, Clarification):
        label = f"{model._meta.label}.email"
        words = [one.word for one in planted if one.field == label]
        assert model.objects.filter(email__in=[f"{word}@canary.example" for word in words]).update(
            email=her.email
        )
        planted = [one for one in planted if one.field != label]
    planted.append(canaries.Canary("kernel.SearchEntry.title", "canaryfound"))
    index(her, "canaryfound", at)
    actions.give_portrait(her, picture("canaryportrait.png"), by=her, at=at)
    planted.append(canaries.Canary("kernel.StoredFile.name", "canaryportrait"))
    prepare.function(Profile.objects.get(person=her).portrait_id)
    actions.give_consent(her, purpose="portrait", by=her, at=at)
    copies.build.function(copies.ask(her, by=her, at=at).pk)
    acts.seal(at)
    before = {one.word for one in canary_walk.among(planted, everything())}
    assert {one.word for one in planted} - before <= {"17 March 1931"}  # as one reads it, not as it is kept
    assert list(Path(settings.HOME).rglob("*.zip"))

    erasure.erase(her, by=her, at=at)
    Outgoing.objects.update(state=Outgoing.State.SENT, sent_at=at)
    erasure.forget_last_letters()
    acts.seal(at)

    left = everything()
    found = [
        (one.field, line[:120])
        for one in canary_walk.among(planted, left)
        if one.field not in STAYS
        for line in left.split("\n")
        if one.word in line
    ]
    assert found == [], "\n".join(map(str, found))
    assert not list(Path(settings.HOME).rglob("*.zip"))
    assert search.find("canaryfound", cast.people["administrator"], at).found == []
    assert canary_walk.among(planted, "\n".join(kept)) == []
    assert acts.verify() is None


def test_the_search_for_her_finds_a_word_wherever_it_stands(db):
    at = clock.now()
    her = entering.create_person("canaryone@example.org", name="Canarytwo", language="it", at=at)
    index(her, "canarythree", at)
    (Path(settings.HOME) / "canaryfour").write_bytes(b"\x00canaryfive\xff")

    found = everything()

    assert [word for word in ("one", "two", "three", "four", "five") if f"anary{word}" not in found] == []
