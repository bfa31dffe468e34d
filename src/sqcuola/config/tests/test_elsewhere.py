"""A school whose cache and files stand elsewhere: on loopback, with real commands, from the first upload to the last erasure."""

import io
import tarfile
import threading
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import translation
from tests.uploads import keep_in

from sqcuola.config import archive, moving, outside, uploads
from sqcuola.config.health import checks, page
from sqcuola.kernel import clock, working
from sqcuola.people import copies, erasure, limits, queries
from sqcuola.people.models import Export, Person
from sqcuola.people.tests.conftest import come_in, picture

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

BEGIN = """
import django; django.setup()
import io
from PIL import Image
from django.core.files import File
from sqcuola.editions.models import School
from sqcuola.kernel import clock, files, working
from sqcuola.kernel.files import StoredFile
from sqcuola.people import actions, erasure
from sqcuola.people.models import Person
at = clock.now()
"""
UPLOAD = (
    BEGIN
    + """
School.objects.create(name="Scuola di prova")
for name in ("Nives", "Tancredi"):
    person = Person.objects.create_user(f"{name.lower()}@example.org", name)
    sent = io.BytesIO()
    Image.new("RGB", (40, 40), "#d08040").save(sent, "JPEG")
    actions.give_portrait(person, File(sent, "me.jpg"), by=person, at=at)
working.run_due(at)
"""
)
ERASE = (
    BEGIN
    + """
for file in StoredFile.objects.order_by("pk"):
    answer = files.response(file)
    print(file.kind, b"".join(answer.streaming_content)[:3].hex())
    answer.close()
her = Person.objects.get(name="Tancredi")
erasure.erase(her, by=her, at=at)
"""
)


def test_a_backup_holds_the_bucket_and_brings_it_back(machines, bucket, redis, tmp_path):
    env, file = {**bucket.env, "SQCUOLA_CACHE_URL": redis.url}, tmp_path / "school.backup"
    old = machines("old", **env)
    old.sqcuola("init")
    new = machines("new", like=old, **env)
    old.python(UPLOAD)
    faces = bucket.keys
    assert len(faces) == 2
    bucket.client().put_object(Bucket=bucket.name, Key="uploads/arriving/half/000000000000", Body=b"half")

    old.sqcuola("backup", file)
    with tarfile.open(file) as tar:
        assert sorted(name for name in tar.getnames() if name.startswith("uploads/")) == faces
    bucket.empty()
    new.sqcuola("restore", file)
    assert bucket.keys == faces
    assert [path for path in (new.home / "uploads").rglob("*") if path.is_file()] == []

    assert new.python(ERASE) == "image/jpeg ffd8ff\n" * 2
    assert len(bucket.keys) == 1
    assert set(bucket.keys) < set(faces)


def test_a_picture_goes_from_the_form_to_the_bucket_and_from_there_to_who_may_see_it(client, nives, there):
    come_in(client, nives.email)
    assert client.post("/me/profile/", {"name": "Nives", "portrait": picture()}).status_code == 302
    (sent,) = there.keys
    working.run_due(clock.now())
    (drawn,) = there.keys
    answer = client.get(queries.seen([nives], nives)[0].portrait)
    copies.ask(nives, by=nives, at=clock.now())
    working.run_due(clock.now())
    export = Export.objects.get()
    copy = client.get(f"/me/data/copy/{export.pk}/")

    assert sent != drawn
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert there.keys == [f"copies/{export.name}", drawn]
    with zipfile.ZipFile(io.BytesIO(b"".join(copy.streaming_content))) as archived:
        assert [name for name in archived.namelist() if name.endswith("me.jpg")]
    erasure.erase(nives, by=nives, at=clock.now())
    assert there.keys == []
    for each in (answer, copy):
        each.close()


class TestFromOneToTheOther:
    """A backup of a disk comes back in a bucket, and the reverse; what is still arriving stays out."""

    FILES = {"aa/one": b"1", "bb/two": b"22"}

    @pytest.fixture
    def disk(self, settings, tmp_path):
        keep_in(settings, tmp_path / "home")
        (tmp_path / "home").mkdir()
        return settings

    def fill(self):
        for name, content in {**self.FILES, "arriving/half": b"half"}.items():
            storages["default"].save(name, ContentFile(content))

    def written(self, folder):
        file = folder / "backup"
        archive.write(file, uploads.all_of_them(folder), {})
        return file

    def brought(self, file):
        with archive.opened(file, file.parent) as (folder, _manifest):
            uploads.bring_back(folder / "uploads")
        found = {}
        for name in self.FILES:
            with storages["default"].open(name) as opened:
                found[name] = opened.read()
        return found

    def test_from_a_disk_into_a_bucket(self, disk, bucket, tmp_path):
        self.fill()
        file = self.written(tmp_path)
        bucket.keep_in(disk)

        assert self.brought(file) == self.FILES
        assert bucket.keys == ["uploads/aa/one", "uploads/bb/two"]
        assert self.brought(file) == self.FILES  # once more, as after a restore that broke off

    def test_from_a_bucket_onto_a_disk(self, disk, bucket, tmp_path):
        bucket.keep_in(disk)
        self.fill()
        file = self.written(tmp_path)
        keep_in(disk, tmp_path / "home")

        assert self.brought(file) == self.FILES
        assert not (tmp_path / "home" / "arriving").exists()

    @pytest.mark.parametrize("where", ["disk", "bucket"])
    def test_what_others_put_there_is_not_touched(self, disk, bucket, tmp_path, where):
        self.fill()
        file = self.written(tmp_path)
        if where == "bucket":
            bucket.keep_in(disk)
        storages["default"].save("cc/anothers", ContentFile(b"3"))

        with pytest.raises(archive.BackupError, match="that this backup does not know"):
            self.brought(file)
        assert storages["default"].exists("cc/anothers")

    def test_one_that_is_erased_meanwhile_is_left_out(self, there, tmp_path, monkeypatch):
        self.fill()
        listed = uploads._in
        monkeypatch.setattr(uploads, "_in", lambda bucket: {**listed(bucket), "ab/gone": 1})

        with tarfile.open(self.written(tmp_path)) as tar:
            assert sorted(tar.getnames()) == ["manifest.json", "uploads/aa/one", "uploads/bb/two"]

    def test_a_bucket_that_falls_silent_leaves_no_half_backup(self, there, tmp_path, monkeypatch):
        self.fill()
        listed = uploads._in(storages["default"])
        monkeypatch.setattr(uploads, "_in", lambda _bucket: listed)
        there.empty()
        there.leave()
        with pytest.raises(OSError, match="NoSuchBucket"):
            self.written(tmp_path)
        there.client().create_bucket(Bucket=there.name)

        assert list(tmp_path.iterdir()) == []

    def test_a_disk_moves_while_the_school_works(self, disk, bucket, tmp_path, capsys):
        self.fill()
        disk.HOME = tmp_path
        (tmp_path / "copies").mkdir()
        (tmp_path / "copies" / "one.zip").write_bytes(b"zip")
        assert moving.main([]) == 1
        bucket.keep_in(disk)

        assert (moving.move(), moving.move()) == ((3, 0), (0, 3))
        assert bucket.keys == ["copies/one.zip", "uploads/aa/one", "uploads/bb/two"]
        assert (tmp_path / "home" / "aa" / "one").exists()
        assert "Where to?" in capsys.readouterr().out


@pytest.fixture
def nives(db):
    return Person.objects.create_user("nives@example.org", "Nives")


@pytest.fixture
def fresh(monkeypatch):
    """Forget what this process saw of the outside."""
    monkeypatch.setattr(outside, "remembered", outside.Remembered())


@pytest.fixture
def there(bucket, settings):
    bucket.keep_in(settings)
    return bucket


def said(titles):
    with translation.override("en"):
        return {c.title: (c.well, c.line) for c in checks.elsewhere(outside.look()) if c.title in titles}


class TestHealth:
    BOTH = ("The shared cache", "The bucket of files")

    def test_a_school_that_has_neither_reads_nothing_of_them(self, db):
        assert checks.elsewhere(outside.look()) == []

    def test_both_answer(self, shared_cache, there):
        assert said(self.BOTH) == {
            "The shared cache": (True, "It answers."),
            "The bucket of files": (True, "It answers."),
        }

    def test_neither_does(self, shared_cache, redis, there, db):
        redis.end()
        there.leave()
        found = said(self.BOTH)
        with translation.override("en"):
            titles = [check.title for check in page.health_page(NOON).checks if not check.well]
        there.client().create_bucket(Bucket=there.name)

        assert [well for well, _line in found.values()] == [False, False]
        assert "pages go on" in found["The shared cache"][1]
        assert "no file can be sent or opened" in found["The bucket of files"][1]
        assert set(self.BOTH) <= set(titles)

    def test_older_versions_are_no_erasure(self, there):
        versions = {"Bucket": there.name, "VersioningConfiguration": {"Status": "Enabled"}}
        there.client().put_bucket_versioning(**versions)
        well, line = said(self.BOTH)["The bucket of files"]
        there.client().put_bucket_versioning(
            **{**versions, "VersioningConfiguration": {"Status": "Suspended"}}
        )

        assert (well, "older versions" in line) == (False, True)

    def test_a_machine_that_watches_reads_it_after_ok(self, client, db, shared_cache, redis, there, fresh):
        assert client.get("/healthz").content == b"ok\n"
        redis.end()
        assert client.get("/healthz").content == b"ok\n"  # asked a moment ago
        outside.remembered.at -= outside.REMEMBERED
        answer = client.get("/healthz")

        assert (answer.status_code, answer.content) == (200, b"ok\nthe cache does not answer\n")

    def test_one_that_hangs_holds_one_thread_and_nobody_who_asks(self, client, db, monkeypatch):
        looked, goes_on = [], threading.Event()

        def hang():
            looked.append(1)
            goes_on.wait(20)
            return outside.Outside(bucket=False)

        monkeypatch.setattr(outside, "look", hang)
        monkeypatch.setattr(outside, "PATIENCE", 0.01)
        for _time in range(5):
            outside.remembered.at -= outside.REMEMBERED
            assert client.get("/healthz").content == b"ok\n"
        assert looked == [1]

        goes_on.set()
        outside.remembered._looker.join(20)
        assert client.get("/healthz").content == b"ok\nthe bucket of files does not answer\n"


class TestWithoutItsCache:
    def test_pages_are_made_and_what_is_counted_is_counted(self, client, db, shared_cache, redis, nives):
        client.force_login(nives)
        redis.end()

        assert client.get("/desk/").status_code == 200
        tries = [limits.take(limits.EXPORTS, "a", at=NOON) for _time in range(4)]
        assert tries == [True, True, True, False]

    def test_what_is_remembered_of_a_school_goes_through_it_whole(self, client, db, shared_cache, nives):
        """Values of every kind that a page keeps come back as they were: the second page is the first."""
        client.force_login(nives)
        pages = [client.get("/desk/").content.count(b"<") for _time in range(2)]

        assert len(shared_cache._cache.get_client().keys("sqcuola:test:*")) > 0
        assert pages[0] == pages[1]
