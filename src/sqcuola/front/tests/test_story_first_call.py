"""A head opens a call from an empty database, in Chromium, reading nothing but the pages."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.browser import axe_faults, shot, too_wide

from sqcuola.editions.models import Edition, School
from sqcuola.front import first_run
from sqcuola.kernel import clock

pytestmark = pytest.mark.browser


def settled(page, name):
    """Look at the page that one has come to: nothing stands out, nothing shuts anybody out."""
    assert too_wide(page) == []
    assert axe_faults(page) == []
    shot(page, f"first-call-{name}")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_head_opens_a_call_from_an_empty_database(live_server, open_page, width):
    code = first_run.code(clock.now())
    page = open_page(live_server.url, width=width)
    settled(page, "nothing")
    page.get_by_role("link", name="Apri la scuola").click()
    page.get_by_label("Il codice").fill(code.lower())
    settled(page, "code")
    page.get_by_role("button", name="Continua").click()
    page.get_by_label("Come si chiama la scuola?").fill("Scuola di Fidenza")
    page.get_by_label("Come ti chiami?").fill("Lidia Neri")
    page.get_by_label("Il tuo indirizzo mail").fill("lidia@example.org")
    settled(page, "school")
    page.get_by_role("button", name="Apri la scuola").click()
    settled(page, "mail")
    page.get_by_role("link", name="Scegli che cosa cominciare").click()
    settled(page, "beginnings")
    page.get_by_role("link", name="come nel 2012").click()
    page.get_by_label("Come si chiama questa edizione?").fill("Classe III")
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.get_by_label("Il giorno in cui apre il bando").fill(tomorrow.isoformat())
    settled(page, "questions")
    page.get_by_role("button", name="Fammi vedere il piano").click()
    settled(page, "plan")
    page.get_by_role("button", name="Prepara questa edizione").click()
    settled(page, "prepared")
    page.get_by_role("link", name="Rendila pubblica").click()
    settled(page, "publish")
    page.get_by_role("button", name="Rendila pubblica").click()
    settled(page, "public")
    page.get_by_role("link", name="Guarda la pagina").click()
    settled(page, "the-page")
    assert re.sub(r"\s+", " ", page.get_by_role("heading", level=1).inner_text()).startswith("Trenta posti.")
    assert School.objects.get().name == "Scuola di Fidenza"
    assert Edition.objects.get().published_at is not None


def test_a_head_moves_a_date_and_everybody_reads_why(live_server, open_page):
    code = first_run.code(clock.now())
    page = open_page(f"{live_server.url}/first-run/", scripts=False)
    page.get_by_label("Il codice").fill(code)
    page.get_by_role("button", name="Continua").click()
    page.get_by_label("Come si chiama la scuola?").fill("Scuola di Fidenza")
    page.get_by_label("Come ti chiami?").fill("Lidia Neri")
    page.get_by_label("Il tuo indirizzo mail").fill("lidia@example.org")
    page.get_by_role("button", name="Apri la scuola").click()
    page.goto(f"{live_server.url}/editions/new/like-2012/")
    page.get_by_label("Come si chiama questa edizione?").fill("Classe III")
    page.get_by_role("button", name="Fammi vedere il piano").click()
    page.get_by_role("button", name="Prepara questa edizione").click()
    page.get_by_role("link", name="Rendila pubblica").click()
    page.get_by_role("button", name="Rendila pubblica").click()
    page.goto(f"{live_server.url}/e/classe-iii/settings/postpone/")
    page.get_by_label("Perché?").fill("Il server è da cambiare.")
    page.get_by_role("button", name="Rinvia").click()
    page.goto(f"{live_server.url}/e/classe-iii/")
    assert page.get_by_text("Il server è da cambiare.").is_visible()
    page.goto(f"{live_server.url}/e/classe-iii/rules/")
    assert page.get_by_text("Versione 2").first.is_visible()
