"""People of these tests, and the ways they come in."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.uploads import keep_in

from sqcuola.kernel import clock
from sqcuola.kernel.models import Outgoing
from sqcuola.people.models import Person


@pytest.fixture
def nives(db):
    return Person.objects.create_user("nives@example.org", "Nives Rota")


@pytest.fixture
def tancredi(db):
    return Person.objects.create_user("tancredi@example.org", "Tancredi Costa")


@pytest.fixture(autouse=True)
def later():
    """Begin each test at the top of an hour, where a count begins; move its clock forward; put it back."""
    real = clock.now()
    to_the_hour = (real + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0) - real
    clock.shift(to_the_hour)
    yield lambda **how_much: clock.shift(to_the_hour + timedelta(**how_much))
    clock.shift(timedelta())


def newest_mail():
    return outbox()[-1]


def outbox():
    """Return what was put into the outbox, oldest first."""
    return list(Outgoing.objects.order_by("pk"))


def empty_outbox():
    Outgoing.objects.all().delete()


def code_in(message):
    return re.search(r"\b(\d{6})\b", message.text)[1]


def link_in(message):
    return re.search(r"https?://[^/\s]+(/\S+)", message.text)[1]


def come_in(client, email, **more):
    """Enter by a code, as a person would."""
    client.post("/enter/", {"email": email})
    return client.post("/enter/code/", {"code": code_in(newest_mail())}, **more)


@pytest.fixture
def own_uploads(settings, tmp_path):
    """Keep files in a folder of the test's own."""
    keep_in(settings, tmp_path)


def picture(name="me.png", kind="PNG"):
    data = BytesIO()
    Image.new("RGB", (40, 40), "#d08040").save(data, kind)
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/png")
