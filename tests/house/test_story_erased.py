"""In a browser: somebody who gave a portrait, applied and asked a question wants to be forgotten, and is found nowhere."""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.browser import axe_faults, shot, too_wide
from tests.house.test_canaries import Kept
from tests.house.test_erased import everything
from tests.uploads import copies, keep_in

from sqcuola.config.world import building
from sqcuola.kernel import acts, clock, search, working
from sqcuola.kernel.models import Outgoing, StoredFile
from sqcuola.people import erasure, privacy
from sqcuola.people.models import Export, Person, TakeDown
from sqcuola.people.tests.conftest import picture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases="__all__"),
]
HERS = re.compile("mafalda", re.IGNORECASE)
PAGES = (
    "/",
    "/desk/",
    "/e/classe-3/",
    "/e/classe-3/questions/",
    "/e/classe-3/news.atom",
    "/e/classe-3/cockpit/",
    "/e/classe-3/cockpit/applications/",
    "/e/classe-3/cockpit/acts/",
    "/e/classe-3/settings/",
    "/e/classe-2/class/",
    "/e/classe-2/admitted/",
    "/me/data/",
    "/people/mafalda/",
)

FILE = "/e/classe-3/cockpit/applications/file/"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """Keep copies and files in a folder of the test's own."""
    keep_in(settings, tmp_path)


@pytest.fixture
def world():
    yield building.build(clock.now())
    clock.shift(timedelta())


@pytest.fixture
def kept():
    handler, root = Kept(), logging.getLogger()
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)


@pytest.fixture
def portrait(tmp_path_factory):
    path = tmp_path_factory.mktemp("phone") / "mafalda-al-mare.png"
    path.write_bytes(picture().read())
    return path


def newest_code(address):
    return re.search(r"\b(\d{6})\b", Outgoing.objects.filter(to=address).latest("pk").text)[1]


def come_in(page, address):
    page.get_by_label("Il tuo indirizzo mail").fill(address)
    page.get_by_role("button", name="Mandami il codice").click()
    page.get_by_label("Le sei cifre").fill(newest_code(address))
    page.get_by_role("button", name="Entra").click()


def look(page, name):
    assert axe_faults(page) == []
    assert too_wide(page) == []
    shot(page, f"erased-{name}-360")


def leave_traces(page, base, her, portrait):
    """A portrait that others may see, a question with her address, a copy of everything."""
    come_in(page, her.email)
    page.wait_for_url("**/me/profile/")
    page.get_by_label("Ritratto", exact=False).first.set_input_files(portrait)
    page.get_by_label("Gli altri possono vedere il mio ritratto").check()
    page.get_by_role("button", name="Salva").click()
    page.wait_for_url("**/me/")
    page.goto(f"{base}/e/classe-3/questions/")
    page.get_by_label("La tua domanda").fill("Si può frequentare da lontano?")
    page.get_by_label("Il tuo indirizzo mail").fill(her.email)
    page.get_by_role("button", name="Manda la domanda").click()
    page.goto(f"{base}/me/data/")
    page.get_by_role("button", name="Fammi una copia").click()
    working.run_due(clock.now())


def ask_to_be_erased(page, base, her):
    """Hours later the house asks again who it is, says what happens, and asks once."""
    clock.shift(timedelta(hours=3))
    page.goto(f"{base}/me/data/erase/")
    look(page, "again")
    page.get_by_role("button", name="Mandami un codice").click()
    page.get_by_label("Le sei cifre").fill(newest_code(her.email))
    page.get_by_role("button", name="Continua").click()
    page.wait_for_url("**/me/data/erase/")
    look(page, "erase")
    page.get_by_role("button", name="Cancellami").click()
    assert "mafalda" in page.content().lower()
    assert Person.objects.get(pk=her.pk).erased_at is None
    page.get_by_label("Sì, cancellami", exact=False).check()
    page.get_by_role("button", name="Cancellami").click()
    page.wait_for_url("**/erased/")
    look(page, "erased")


def read_by(person):
    """Return where among the pages and files of the house a person reads her name, with what they are answered."""
    client = Client()
    if person is not None:
        client.force_login(person)
    read = {}
    for url in (*PAGES, FILE):
        answer = client.post(url) if url == FILE else client.get(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        said = body.decode("utf-8", "replace").replace(url, "")  # a page may repeat what was asked for
        read[url] = bool(HERS.search(said))
    return {url for url, found in read.items() if found}


def test_a_person_who_wants_to_be_forgotten_is_found_nowhere(live_server, open_page, world, kept, portrait):
    her, lidia = world.people["mafalda"], world.people["coordinator"]
    page = open_page(f"{live_server.url}/enter/?next=/me/profile/", width=360)
    leave_traces(page, live_server.url, her, portrait)
    acts.seal(clock.now())
    assert {"/e/classe-3/cockpit/applications/", FILE} <= read_by(lidia)
    assert StoredFile.objects.filter(account_id=her.pk).count() == 1
    assert HERS.search(everything())
    assert copies() == [Export.objects.get(person=her).name]

    ask_to_be_erased(page, live_server.url, her)
    Outgoing.objects.update(state=Outgoing.State.SENT, sent_at=clock.now())
    erasure.forget_last_letters()
    working.run_due(clock.now())
    acts.seal(clock.now())

    for person in (None, lidia, world.people["administrator"]):
        assert read_by(person) == set()
    found = [line[:160] for line in everything().split("\n") if HERS.search(line)]
    assert found == []
    assert not StoredFile.objects.filter(account_id=her.pk).exists()
    assert not Export.objects.exists()
    assert search.find("mafalda", world.people["administrator"], clock.now()).found == []
    assert not HERS.search("\n".join(kept))
    assert acts.verify() is None
    assert TakeDown.objects.count() == 1
    page.goto(f"{live_server.url}/me/")
    assert "/enter/" in page.url
    assert privacy.addresses(Person.objects.get(pk=her.pk))[0].endswith("@erased.invalid")
