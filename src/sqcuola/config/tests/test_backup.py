"""A backup comes back on an empty machine: real commands, real folders, and on PostgreSQL real databases."""

import io
import json
import re
import sqlite3
import tarfile
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

from sqcuola.config import archive, snapshots

FILL = """
import django; django.setup()
from django.db import transaction
from django.conf import settings
from sqcuola.config.acts import BackupMade
from sqcuola.editions.models import School
from sqcuola.kernel import acts, clock
from sqcuola.people.models import Person
from sqcuola.questions.models import AnswerEntry
School.objects.create(name="Scuola di prova")
AnswerEntry.objects.create(attempt=7, device="one", seq=1, kind="answer", question=3, value="2",
                           given=clock.now(), received=clock.now())
for name in ("Nives", "Tancredi"):
    Person.objects.create_user(f"{name.lower()}@example.org", name)
with transaction.atomic():
    acts.record(BackupMade(files=1, size=2), by=Person.objects.get(name="Nives"), at=clock.now())
acts.seal(clock.now())
(settings.UPLOADS / "aa").mkdir()
(settings.UPLOADS / "aa" / "portrait").write_bytes(b"a face")
"""
READ = """
import django; django.setup()
import json
from django.conf import settings
from sqcuola.editions.models import School
from sqcuola.kernel import acts, clock
from sqcuola.people.models import Person, TakeDown
from sqcuola.questions.models import AnswerEntry
acts.seal(clock.now())
Person.objects.create_user("ida@example.org", "Ida")  # sequences go on where they were
print(json.dumps({
    "schools": [s.name for s in School.objects.all()],
    "people": sorted(p.name for p in Person.objects.all()),
    "answers": list(AnswerEntry.objects.values_list("attempt", "question", "value")),
    "files": sorted(p.read_text() for p in settings.UPLOADS.rglob("*") if p.is_file()),
    "verbs": [a.verb for a in acts.Act.objects.order_by("seq")],
    "whole": acts.verify() is None,
    "take_downs": TakeDown.objects.count(),
}))
"""


def test_a_school_comes_back_on_an_empty_machine(machines, tmp_path):
    old, new, file = machines("old"), machines("new"), tmp_path / "kept" / "school.backup"
    old.sqcuola("init")
    old.python(FILL)
    old.sqcuola("backup", file)

    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in file.parent.iterdir()] == ["school.backup"]
    with tarfile.open(file) as tar:
        assert not [name for name in tar.getnames() if "secret" in name]

    (tmp_path / "list").write_text("ab" * 32 + "\n")
    assert "The school is back" in new.sqcuola("restore", file, "--take-downs", tmp_path / "list")
    assert json.loads(new.python(READ)) == {
        "schools": ["Scuola di prova"],
        "people": ["Ida", "Nives", "Tancredi"],
        "answers": [[7, 3, "2"]],
        "files": ["a face"],
        # What the old machine recorded of its backup came after the instant the backup is of.
        "verbs": ["backup-made", "backup-restored"],
        "whole": True,
        "take_downs": 1,
    }
    assert new.sqcuola("take-downs") == "ab" * 32 + "\n"
    assert "There is a school here already" in new.sqcuola("restore", file, code=1)
    assert json.loads(old.python(READ))["verbs"] == ["backup-made", "backup-made"]


@pytest.fixture
def kept(tmp_path):
    """A small backup, as a file."""
    (tmp_path / "x").write_text("words")
    archive.write(tmp_path / "file", [("databases/x", tmp_path / "x")], {"engine": "sqlite"})
    return tmp_path / "file"


def refusal(file: Path) -> str:
    with pytest.raises(archive.BackupError) as refused, archive.opened(file, file.parent):
        pass
    return str(refused.value)


def rewritten(file: Path, change) -> Path:
    with tarfile.open(file) as tar:
        members = {member.name: tar.extractfile(member).read() for member in tar.getmembers()}
    change(members)
    with tarfile.open(file, "w:gz") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return file


def test_a_whole_backup_opens(kept):
    with archive.opened(kept, kept.parent) as (folder, manifest):
        assert (folder / "databases" / "x").read_text() == "words"
        assert manifest["engine"] == "sqlite"
    assert not folder.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda members: members.update({"databases/x": b"other"}), "is not what it was"),
        (lambda members: members.pop("databases/x"), "lacks databases/x"),
        (lambda members: members.pop("manifest.json"), "no list of its files"),
        (lambda members: members.update({"../out": b""}), "cannot be read as a backup"),
    ],
)
def test_a_backup_that_was_touched_is_refused(kept, change, words):
    assert words in refusal(rewritten(kept, change))
    assert not (kept.parent.parent / "out").exists()


def test_half_a_backup_is_refused(kept):
    kept.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])

    assert "cannot be read as a backup" in refusal(kept)


def test_what_cannot_be_written_whole_is_not_written(tmp_path, monkeypatch):
    (tmp_path / "x").write_text("words")
    target = tmp_path / "kept" / "file"
    target.parent.mkdir()
    target.write_text("yesterday's")

    def full(*_arguments, **_keywords):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "add", full)
    with pytest.raises(OSError, match="No space left"):
        archive.write(target, [("x", tmp_path / "x")], {})

    assert target.read_text() == "yesterday's"
    assert list(target.parent.iterdir()) == [target]


def pair(folder: Path) -> dict[str, Path]:
    paths = {alias: folder / f"{alias}.live" for alias in ("default", "answers")}
    for path in paths.values():
        with closing(sqlite3.connect(path, isolation_level=None)) as link:
            link.execute("PRAGMA journal_mode=WAL")
            link.execute("CREATE TABLE n (value INTEGER, padding BLOB)")
            link.execute("INSERT INTO n VALUES (0, zeroblob(4000000))")
    return paths


def count_up(paths: dict[str, Path], stop: threading.Event) -> None:
    """Write n into the first file, then n into the second: at no instant is the second ahead."""
    with (
        closing(sqlite3.connect(paths["default"], isolation_level=None, timeout=20)) as first,
        closing(sqlite3.connect(paths["answers"], isolation_level=None, timeout=20)) as second,
    ):
        while not stop.is_set():
            for link in (first, second):
                link.execute("UPDATE n SET value = value + 1")


def difference(folder: Path) -> int:
    values = []
    for alias in ("default", "answers"):
        with closing(sqlite3.connect(folder / f"{alias}.sqlite3")) as link:
            values.append(link.execute("SELECT value FROM n").fetchone()[0])
    return values[0] - values[1]


def one_after_the_other(paths: dict[str, Path], folder: Path) -> None:
    for alias, path in paths.items():
        with (
            closing(sqlite3.connect(path)) as link,
            closing(sqlite3.connect(folder / f"{alias}.sqlite3")) as copy,
        ):
            link.backup(copy)


def test_both_files_are_of_one_instant_while_people_go_on(tmp_path):
    paths, stop = pair(tmp_path), threading.Event()
    writer = threading.Thread(target=count_up, args=(paths, stop))
    writer.start()
    differences, naive = [], []
    try:
        for turn in range(5):
            for name, found, way in (
                ("ours", differences, snapshots._take_sqlite),
                ("naive", naive, one_after_the_other),
            ):
                folder = tmp_path / f"{name}{turn}"
                folder.mkdir()
                way(paths, folder)
                found.append(difference(folder))
    finally:
        stop.set()
        writer.join()

    assert set(differences) <= {0, 1}
    # The same harness catches a copy of one file after the other.
    assert not set(naive) <= {0, 1}


def test_a_missing_database_is_not_made_by_looking_for_it(tmp_path):
    with pytest.raises(sqlite3.OperationalError, match=re.escape("unable to open database file")):
        snapshots._take_sqlite({"default": tmp_path / "nothing"}, tmp_path)
    with suppress(FileNotFoundError):
        assert (tmp_path / "nothing").stat()
        raise AssertionError("a database was made")


LEAVE = """
import django; django.setup()
from sqcuola.kernel import acts, clock, search
from sqcuola.kernel.models import Outgoing
from sqcuola.people import actions, address, erasure
from sqcuola.people.models import Person
at = clock.now()
her = Person.objects.get(name="Tancredi")
"""
WROTE = (
    LEAVE
    + """
facts = {"town": "Tancredopoli", "region": "", "employer": "Tancredi e figli", "sentence": "Tancredi ascolta."}
actions.change_profile(her, name="Tancredi", facts=facts, competences=["tancredare"], by=her, at=at)
address.ask(her, "tancredi.nuovo@example.org", at=at)
search.put(f"people.person:{her.pk}", search.Entry(
    kind="person", audience="members", scope="house", title="Tancredi", body="Tancredi " * 50, url="/x/",
    language="it", at=at, about=her))
acts.seal(at)
"""
)
ERASED = (
    LEAVE
    + """
erasure.erase(her, by=her, at=at)
Outgoing.objects.update(state=Outgoing.State.SENT, sent_at=at)
erasure.forget_last_letters()
acts.seal(at)
"""
)


def naming(word: str, folder: Path) -> list[str]:
    """Name the files below a folder that hold a word, or are called by it, byte for byte and in whatever case."""
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (word in path.name.lower() or word.encode() in path.read_bytes().lower())
    ]


@pytest.mark.django_db
def test_who_was_erased_stays_erased_when_an_older_backup_comes_back(machines, tmp_path):
    old, new, file = machines("left"), machines("back"), tmp_path / "kept" / "school.backup"
    old.sqcuola("init")
    old.python(FILL)
    old.python(WROTE)
    old.sqcuola("backup", file)
    with tarfile.open(file) as tar:
        tar.extractall(tmp_path / "opened", filter="data")
    assert naming("tancred", tmp_path / "opened")  # the search below can find

    old.python(ERASED)
    (tmp_path / "list").write_text(old.sqcuola("take-downs"))
    new.sqcuola("restore", file, "--take-downs", tmp_path / "list")
    new.python(
        "import django; django.setup()\nfrom sqcuola.people import erasure; erasure.empty_journals()\n"
    )

    for machine in (old, new):
        assert naming("tancred", machine.home) == []
        here = json.loads(machine.python(READ))
        assert (here["people"], here["whole"]) == (["", "Ida", "Nives"], True)
    later = tmp_path / "kept" / "later.backup"
    new.sqcuola("backup", later)
    with tarfile.open(later) as tar:
        tar.extractall(tmp_path / "later", filter="data")
    assert naming("tancred", tmp_path / "later") == []


PUBLISH = """
import django; django.setup()
from datetime import timedelta
from sqcuola.editions import actions
from sqcuola.editions.models import School
from sqcuola.kernel import clock
from sqcuola.people.models import Person
at, day = clock.now(), timedelta(days=1)
School.objects.create(name="Scuola di prova")
boss = Person.objects.create_user("lidia@example.org", "Lidia", is_administrator=True)
made = actions.create_edition(number=3, title="Classe dei gabbiani", slug="terza", by=boss, at=at,
                              phases={"call": (at, at + day), "class": (at + day, at + 9 * day)})
actions.publish(made, by=boss, at=at)
actions.answer(actions.ask(made, "Serve una laurea?", at=at), "No.", by=boss, at=at)
"""
EMPTY = """
import django; django.setup()
from sqcuola.kernel.models import SearchEntry
SearchEntry.objects.all().delete()
"""
LOOK = """
import django; django.setup()
import json
from sqcuola.kernel import clock, search
from sqcuola.kernel.models import SearchEntry
rows = [[str(value) for name, value in sorted(row.items()) if name != "id"] for row in SearchEntry.objects.values()]
print(json.dumps([sorted(rows), [[found.url for found in search.find(asked, None, clock.now()).found]
                                 for asked in ("gabbiani", "laurea", "seats")]]))
"""


@pytest.mark.django_db
def test_a_backup_that_is_older_than_the_search_comes_back_with_all_that_can_be_found(machines, tmp_path):
    old, new, file = machines("before"), machines("after"), tmp_path / "kept" / "school.backup"
    old.sqcuola("init")
    old.python(PUBLISH)
    rows, found = json.loads(old.python(LOOK))
    assert [len(urls) for urls in found] == [1, 1, 1]
    old.python(EMPTY)
    old.sqcuola("migrate", "kernel", "0006", "--verbosity", "0")
    old.sqcuola("backup", file)

    new.sqcuola("restore", file)

    assert json.loads(new.python(LOOK)) == [rows, found]
