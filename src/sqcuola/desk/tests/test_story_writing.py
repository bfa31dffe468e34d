"""In a browser: who coordinates finds on the cockpit who has begun and not finished, writes to them, and they get it."""

from datetime import timedelta

import pytest
from django.conf import settings
from tests.browser import axe_faults, shot, too_wide

from sqcuola.admissions.models import Application
from sqcuola.desk.tests.standing import HANDED_IN, NOW, applied, role
from sqcuola.editions.models import School
from sqcuola.kernel import clock, working
from sqcuola.kernel.models import Outgoing
from sqcuola.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]


@pytest.fixture
def today():
    clock.shift(clock.ahead(NOW))
    yield
    clock.shift(timedelta())


@pytest.fixture
def people(today, memory, editions):
    """Lidia coordinates; Nives and Ugo have not finished, Rita has, Olga withdrew."""
    School.objects.create(name="SQcuola", founded_at=NOW)
    made = {}
    for name in ("Lidia", "Nives", "Ugo", "Rita", "Olga"):
        made[name] = Person.objects.create_user(f"{name.lower()}@example.org", name)
    role("coordinator", "open")(made["Lidia"], editions)
    for name in ("Nives", "Ugo"):
        applied("open")(made[name], editions)
    applied("open", **HANDED_IN)(made["Rita"], editions)
    applied("open")(made["Olga"], editions)
    unsure = Application.objects.get(person=made["Olga"])
    unsure.withdrawn_at = unsure.started_at
    unsure.save()
    return made


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)])
def test_a_coordinator_writes_to_the_unfinished(live_server, open_page, client, people, width, dark):
    client.force_login(people["Lidia"])
    page = open_page(f"{live_server.url}/style/", width=width, dark=dark)
    session = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    page.context.add_cookies([{**session, "url": live_server.url}])
    page.goto(f"{live_server.url}/e/e3/cockpit/")
    look(page, f"cockpit-{width}")
    page.get_by_role("link", name="Chi non ha finito").click()
    assert "2 persone" in page.get_by_role("heading", level=1).inner_text()
    for name, there in (("Nives", 1), ("Ugo", 1), ("Rita", 0), ("Olga", 0)):
        assert page.get_by_role("checkbox", name=name).count() == there
    page.get_by_label("Oggetto").fill("Ti manca poco")
    page.get_by_label("Testo").fill("Ciao {name}, la tua candidatura è a metà.")
    page.get_by_role("checkbox", name="Ugo").uncheck()
    look(page, f"write-{width}")
    page.get_by_role("button", name="Invia").click()
    page.get_by_role("button", name="Riprendila").wait_for()
    look(page, f"leaves-{width}")

    working.run_due(clock.now() + timedelta(minutes=9))
    assert not Outgoing.objects.exists()
    working.run_due(clock.now() + timedelta(minutes=11))
    letter = Outgoing.objects.get()
    assert (letter.to, letter.subject) == ("nives@example.org", "Ti manca poco")
    assert "Ciao Nives, la tua candidatura è a metà." in letter.text


def look(page, name):
    assert axe_faults(page) == []
    assert too_wide(page) == []
    shot(page, f"unfinished-{name}")
