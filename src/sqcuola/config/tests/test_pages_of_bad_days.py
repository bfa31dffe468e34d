"""Days on which things go wrong outside: a request of two gigabytes, a disk that is full, a device with another clock."""

import errno
import sqlite3
from contextlib import contextmanager
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import RawPostDataException
from PIL import Image
from tests.pages import assert_page

from sqcuola.editions.models import School
from sqcuola.kernel import errors
from sqcuola.kernel.files.bounding import Bounding
from sqcuola.kernel.logs import Formatter
from sqcuola.kernel.middleware import MOST
from sqcuola.kernel.models import Act
from sqcuola.people.models import Person

ENGLISH = {"accept-language": "en"}


class NoRoom(Bounding):
    """A disk that takes the first bytes of a file and no more."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file.write(b"the first bytes")
        self.file.file.write = refuse


def refuse(_piece):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def boss(client):
    client.raise_request_exception = False
    person = Person.objects.create_user("boss@example.org", "Aldo", is_administrator=True)
    client.force_login(person)
    School.objects.create(name="Scuola di Blog", town="Fidenza")
    return person


@contextmanager
def full():
    """Let the database have no page more than it has now, and none that is free: from here on SQLite itself says so."""

    def pragma(words):
        cursor.execute(f"PRAGMA {words}")
        return cursor.fetchone()[0]

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (content BLOB)")
        while free := pragma("freelist_count"):
            cursor.execute(f"INSERT INTO filler VALUES (zeroblob({free * pragma('page_size')}))")
        pragma(f"max_page_count = {pragma('page_count')}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            pragma("max_page_count = 1073741823")
            cursor.execute("DROP TABLE filler")


def picture():
    """Return a picture of noise, which no page of a database that is full has room for."""
    drawn = BytesIO()
    Image.effect_noise((256, 256), 90).save(drawn, "PNG")
    return SimpleUploadedFile("mark.png", drawn.getvalue())


class Unread(BytesIO):
    """A body that must not be read."""

    def read(self, *_size):
        raise AssertionError("a request that is refused was read")

    readline = read


@pytest.mark.django_db
class TestARequestOfTwoGigabytes:
    def send(self, client, url, size, **headers):
        kind = "multipart/form-data; boundary=x"
        return client.generic("POST", url, b"", content_type=kind, CONTENT_LENGTH=str(size), headers=headers)

    @pytest.mark.parametrize(("language", "said"), [("it", "troppo grande"), ("en", "too large")])
    def test_it_is_refused_in_the_readers_language(self, client, language, said):
        answer = self.send(client, "/enter/", 2 * 1024**3, **{"accept-language": language})

        assert said in assert_page(answer, status=413)

    def test_nothing_of_it_is_read_not_even_for_the_form_token(self, rf, settings):
        from django.core.handlers.wsgi import WSGIHandler

        environ = rf.post("/enter/").environ
        environ |= {
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(2 * 1024**3),
            "wsgi.input": Unread(),
        }
        environ.pop("HTTP_COOKIE", None)
        said = []
        WSGIHandler()(environ, lambda status, _headers: said.append(status))

        assert [status[:4] for status in said] == ["413 "]

    def test_up_to_the_bound_a_form_says_it_itself(self, client):
        assert self.send(client, "/enter/", MOST).status_code != 413
        assert self.send(client, "/enter/", MOST + 1).status_code == 413
        assert self.send(client, "/nothing-here/", MOST + 1).status_code == 404

    def test_what_is_no_number_is_no_reason_to_fail(self, client):
        assert self.send(client, "/enter/", "many").status_code in {200, 302, 400}


@pytest.mark.django_db(transaction=True)
class TestAFullDisk:
    def test_the_page_says_so_and_nothing_is_half_saved(self, client, boss, caplog):
        before = School.objects.values_list("name", "town").get(), Act.objects.count()
        with full():
            answer = client.post(
                "/school/", {"name": "Scuola nuova", "town": "Parma", "mark": picture()}, headers=ENGLISH
            )
        page = assert_page(answer, status=507)

        assert "There is no room left here" in page
        assert "nothing was kept" in page
        assert (School.objects.values_list("name", "town").get(), Act.objects.count()) == before
        (line,) = [record for record in caplog.records if record.name == "sqcuola.kernel.errors"]
        assert str(line.args[0]) in page.replace(" ", "")
        assert "OperationalError" in Formatter().format(line)

    def test_what_was_saved_is_still_read_and_once_there_is_room_it_goes_on(self, client, boss):
        typed = {"name": "Scuola nuova", "town": "Parma", "mark": picture()}
        with full():
            assert client.post("/school/", typed).status_code == 507
            assert "Scuola di Blog" in client.get("/school/").content.decode()
        typed["mark"].seek(0)

        assert client.post("/school/", typed).status_code == 302
        assert School.objects.get().name == "Scuola nuova"

    @pytest.mark.parametrize(
        ("language", "said"), [("it", "non c’è più spazio"), ("en", "no room left here")]
    )
    def test_a_file_that_cannot_be_kept_while_it_arrives_says_the_same(
        self, client, boss, settings, tmp_path, language, said
    ):
        settings.FILE_UPLOAD_TEMP_DIR = tmp_path
        settings.FILE_UPLOAD_HANDLERS = [f"{__name__}.NoRoom"]
        typed = {"name": "Scuola nuova", "town": "", "mark": picture()}
        answer = client.post("/school/", typed, headers={"accept-language": language})

        assert said in assert_page(answer, status=507).replace("&#x27;", "'")
        assert School.objects.get().name == "Scuola di Blog"
        assert list(tmp_path.iterdir()) == []


class TestWhatCountsAsFull:
    def caused(self, cause):
        problem = OperationalError("x")
        problem.__cause__ = cause
        return problem

    def test_sqlite_postgresql_and_files_each_in_their_own_way(self):
        sqlite = sqlite3.OperationalError("database or disk is full")
        sqlite.sqlite_errorname = "SQLITE_FULL"
        postgresql = Exception("could not extend file")
        postgresql.sqlstate = "53100"

        assert errors.no_room_left(self.caused(sqlite))
        assert errors.no_room_left(self.caused(postgresql))
        assert errors.no_room_left(OSError(errno.ENOSPC, "x"))
        assert errors.no_room_left(self.caused(OSError(errno.EDQUOT, "x")))

    def test_any_other_failure_is_none(self):
        locked = sqlite3.OperationalError("database is locked")
        locked.sqlite_errorname = "SQLITE_BUSY"

        assert not errors.no_room_left(self.caused(locked))
        assert not errors.no_room_left(OSError(errno.EACCES, "x"))
        assert not errors.no_room_left(RawPostDataException())
        assert not errors.no_room_left(None)
