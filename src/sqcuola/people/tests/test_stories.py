"""Coming in, as one lives it in a browser: on a phone, by passkey, without JavaScript; and every page under axe."""

import pytest
from tests.browser import axe_faults, shot, too_wide

from sqcuola.kernel import clock
from sqcuola.people import actions, entering
from sqcuola.people.models import Person
from sqcuola.people.tests.conftest import code_in, link_in, newest_mail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pia():
    pia = entering.create_person("pia@example.org", name="Pia Bassi", language="it", at=clock.now())
    facts = {"town": "Parma", "sentence": "Ascolto chi ha fretta."}
    actions.change_profile(pia, name="Pia Bassi", facts=facts, competences=["titoli"], by=pia, at=clock.now())
    return pia


def come_in(page, email="pia@example.org"):
    page.get_by_label("Il tuo indirizzo mail").fill(email)
    page.get_by_role("button", name="Mandami il codice").click()
    page.get_by_label("Le sei cifre").fill(code_in(newest_mail()))
    page.get_by_role("button", name="Entra").click()


def test_a_new_person_comes_in_on_a_phone_without_javascript(live_server, open_page):
    page = open_page(live_server.url + "/enter/", width=360, scripts=False)
    come_in(page, "nuova@example.org")
    page.get_by_label("Come ti chiami?").fill("Nuova Arrivata")
    page.get_by_role("button", name="Entra").click()

    assert page.get_by_role("heading", level=1).inner_text().startswith("Ciao Nuova")
    assert Person.objects.get().email == "nuova@example.org"


def test_the_mail_is_read_on_another_device(live_server, open_page, pia):
    phone = open_page(live_server.url + "/enter/?next=/me/privacy/", width=360)
    phone.get_by_label("Il tuo indirizzo mail").fill(pia.email)
    phone.get_by_role("button", name="Mandami il codice").click()

    desk = open_page(live_server.url + link_in(newest_mail()))
    desk.get_by_role("button", name="Entra").click()

    assert desk.url.endswith("/me/privacy/")


def test_a_passkey_is_added_and_then_opens_by_itself(live_server, open_page, pia):
    page = open_page(live_server.url + "/enter/?next=/me/safety/passkey/")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    come_in(page)
    page.get_by_label("Come chiami questo dispositivo").fill("Il mio portatile")
    page.get_by_role("button", name="Aggiungi").click()
    page.wait_for_url("**/me/safety/recovery/")
    page.goto(live_server.url + "/me/safety/")
    assert page.get_by_text("Il mio portatile").first.is_visible()
    page.get_by_role("button", name="Esci da qui").click()

    page.goto(live_server.url + "/enter/")
    page.get_by_role("button", name="Usa una passkey").click()

    page.wait_for_url("**/desk/")
    page.goto(live_server.url + "/me/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Pia Bassi")


def test_every_page_on_a_phone_under_axe(live_server, open_page, pia):
    page = open_page(live_server.url + "/enter/", width=360)
    visited = 0
    faults = []

    def look(url):
        nonlocal visited
        page.goto(live_server.url + url)
        visited += 1
        shot(page, f"people{url.replace('/', '-')}360")
        faults.extend(f"{url}: {fault}" for fault in axe_faults(page))
        if too_wide(page):
            faults.append(f"{url} is too wide")

    for url in ("/enter/", "/enter/password/", "/enter/link/x/", "/l/x/", "/erased/"):
        look(url)
    page.goto(live_server.url + "/enter/")
    come_in(page)
    page.wait_for_url("**/desk/")
    for url in (
        "/me/",
        "/me/profile/",
        "/me/privacy/",
        "/me/consents/",
        "/me/data/",
        "/me/data/erase/",
        "/me/address/",
        "/me/join/",
        "/me/safety/",
        "/me/safety/app/",
        "/me/safety/passkey/",
        "/me/safety/password/",
        "/people/pia-bassi/",
    ):
        look(url)

    assert faults == []
    assert visited == 18
