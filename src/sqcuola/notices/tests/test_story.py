"""In a real browser: a coordinator writes to a list, thinks again, and sends; every page is looked at."""

import pytest
from django.conf import settings
from tests.browser import axe_faults, shot, too_small, too_wide

from sqcuola.notices import actions
from sqcuola.notices.models import Message
from sqcuola.notices.tests.conftest import NOON

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("registered"),
]


@pytest.fixture
def as_person(live_server, open_page, client):
    """Open a page as somebody who has signed in."""

    def opened(person, path, **how):
        client.force_login(person)
        page = open_page(live_server.url + "/style/", **how)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page.goto(live_server.url + path)
        return page

    return opened


def looked_at(page, name):
    shot(page, f"notices-{name}")
    assert axe_faults(page) == []
    assert too_wide(page) == []
    assert too_small(page) == []


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_a_coordinator_writes_to_a_list(as_person, edition, everybody, lidia, nives, ugo, width, dark):
    page = as_person(lidia, "/e/terza/write/", width=width, dark=dark)
    looked_at(page, f"lists-{width}")
    page.get_by_role("link", name="Everybody").click()
    page.get_by_label("Oggetto").fill("Mancano tre giorni")
    page.get_by_label("Oggetto").press("Enter")
    page.wait_for_load_state()
    assert not Message.objects.exists(), "the Enter key looks, and never sends"
    page.get_by_label("Testo").fill("Ciao ")
    page.get_by_role("button", name="{nome}").click()
    page.keyboard.type(",\n\nil bando chiude fra tre giorni, e la tua candidatura è a metà.")
    assert page.get_by_label("Testo").input_value().startswith("Ciao {nome},")

    page.get_by_role("button", name="Guarda come si legge").click()
    assert page.get_by_text("Ciao Nives,").is_visible()
    page.get_by_label("Come la legge").select_option(label="Ugo")
    page.get_by_role("button", name="Guarda", exact=True).click()
    assert page.get_by_text("Ciao Ugo,").is_visible()
    page.get_by_role("checkbox", name="Ugo").uncheck()
    looked_at(page, f"write-{width}")
    page.get_by_role("button", name="Invia").click()

    assert page.get_by_role("heading", level=1).inner_text().startswith("Parte ")
    assert Message.objects.get().receivers.get().person == nives
    looked_at(page, f"leaves-{width}")
    page.get_by_role("button", name="Riprendila").click()
    assert "nessuno ha ricevuto" in page.get_by_role("heading", level=1).inner_text()
    looked_at(page, f"taken-back-{width}")


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)])
def test_what_one_is_told_and_how(as_person, edition, nives, lidia, width, dark):
    for code in ("K7M2", "P4QX"):
        actions.tell(
            nives, "trial.receipt", data={"code": code}, url="/", edition=edition, thing=code, at=NOON
        )
    page = as_person(nives, "/notices/", width=width, dark=dark)
    looked_at(page, f"all-{width}")
    page.get_by_role("button", name="Trial of K7M2").click()
    page.goto(page.url.rstrip("/") + "/notices/")
    assert "Una cosa" in page.get_by_role("heading", level=1).inner_text()
    looked_at(page, f"seen-{width}")
    page.get_by_role("link", name="Come vuoi ricevere").click()
    looked_at(page, f"preferences-{width}")

    page = as_person(lidia, "/e/terza/texts/", width=width, dark=dark)
    looked_at(page, f"texts-{width}")
    page.get_by_role("link", name="A receipt").click()
    page.get_by_label("Oggetto, in italiano").fill("È arrivata {code}")
    page.get_by_role("button", name="Tieni queste parole").click()
    assert page.get_by_text("È arrivata K7M2").is_visible()
    looked_at(page, f"text-{width}")
