"""What the school is called changes after the first day: for who runs the installation, with an act, in every frame."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image
from tests.pages import assert_page

from sqcuola.editions import actions, marks
from sqcuola.editions.models import Role, School
from sqcuola.kernel import clock
from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import Missing
from sqcuola.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    person = Person.objects.create_user("boss@example.org", "Aldo", is_administrator=True)
    client.force_login(person)
    return person


@pytest.fixture
def school():
    return School.objects.create(name="Scuola di Blog", town="Fidenza", mark=b"")


def picture(kind="PNG", size=(900, 600)):
    drawn = BytesIO()
    Image.new("RGB", size, "#b8261f").save(drawn, kind)
    return SimpleUploadedFile("mark", drawn.getvalue())


def verbs():
    return list(Act.objects.values_list("verb", flat=True))


def test_the_page_shows_what_is_and_the_change_stands_in_the_frame_at_once(
    client, boss, school, django_capture_on_commit_callbacks
):
    html = assert_page(client.get("/school/"))
    assert 'value="Scuola di Blog"' in html
    assert 'name="without"' not in html

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/school/", {"name": "Scuola del Po", "town": "Cremona", "mark": picture()})
    assert answer.url == "/school/"
    school.refresh_from_db()
    assert (school.name, school.town) == ("Scuola del Po", "Cremona")
    with Image.open(BytesIO(bytes(school.mark))) as mark:
        assert (mark.format, mark.size) == ("PNG", (256, 171))
    assert verbs() == ["school-changed"]
    html = assert_page(client.get("/school/"))
    assert "<span>Scuola del Po</span>" in html
    assert '<img src="/school/mark-' in html


def test_a_mark_stays_unless_it_is_taken_away(client, boss, school):
    client.post("/school/", {"name": "Scuola di Blog", "town": "Fidenza", "mark": picture()})
    client.post("/school/", {"name": "Scuola di Blog", "town": "Parma"})
    assert bytes(School.objects.get().mark)

    assert 'name="without"' in client.get("/school/").content.decode()
    client.post("/school/", {"name": "Scuola di Blog", "town": "Parma", "without": "on"})
    assert not bytes(School.objects.get().mark)
    assert verbs() == ["school-changed"] * 3


def test_nothing_new_is_no_act(client, boss, school):
    client.post("/school/", {"name": "Scuola di Blog", "town": "Fidenza"})

    assert verbs() == []


def test_what_is_no_picture_is_refused_and_what_was_typed_is_kept(client, boss, school):
    huge = picture_that_says_it_is(60_000, 60_000)
    for upload in (
        huge,
        SimpleUploadedFile("mark.svg", b"<svg/>"),
        SimpleUploadedFile("m", b"x" * 5_300_000),
    ):
        answer = client.post("/school/", {"name": "Altro nome", "town": "", "mark": upload})
        assert 'value="Altro nome"' in assert_page(answer)
    assert School.objects.get().name == "Scuola di Blog"


def picture_that_says_it_is(width, height):
    """Return some bytes that begin like a PNG too large for any memory."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunk = b"IHDR" + head
    body = struct.pack(">I", 40) + b"IDAT" + b"x" * 44  # its pixels are never reached
    return SimpleUploadedFile(
        "mark.png",
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(head))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + body,
    )


def test_a_picture_too_large_for_the_memory_is_refused_before_it_is_drawn():
    upload = picture_that_says_it_is(8_000, 8_000)

    with translation.override("en"), pytest.raises(marks.UnfitError, match="too many points"):
        marks.draw(upload, upload.size)


def test_who_coordinates_the_whole_house_does_not_rename_the_school(boss, school):
    lidia = Person.objects.create_user("lidia@example.org", "Lidia")
    Role.objects.create(person=lidia, kind=Role.Kind.COORDINATOR, begins=clock.now())

    with pytest.raises(Missing):
        actions.rename(school, name="Mia", town="", by=lidia, at=clock.now())
    assert School.objects.get().name == "Scuola di Blog"
