"""In a browser, on a phone: somebody applies in two sittings, on a line that breaks, with a photo, and sees the receipt."""

import os
import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.browser import axe_faults, shot, too_small, too_wide

from sqcuola.admissions import actions
from sqcuola.admissions.models import Application, ApplicationFile, CvItem, Draft
from sqcuola.admissions.tests.conftest import NOW
from sqcuola.kernel import clock, files, working
from sqcuola.kernel.models import Outgoing, PartialFile
from sqcuola.people.models import Person

# A server that is shared with other stories starts only when the databases of the test are there.
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("django_db_setup")]
MARIA = "maria@example.org"
CV = "/e/terza/apply/cv/"


@pytest.fixture(autouse=True)
def house(transactional_db, edition, own_uploads):
    """The edition with its call, and files kept in a folder of the test's own."""


@pytest.fixture
def today():
    """Move the clock of the house to a day."""

    def move(at):
        clock.shift(clock.ahead(at))

    move(NOW)
    yield move
    clock.shift(timedelta())


@pytest.fixture
def maria(today):
    maria = Person.objects.create_user(MARIA, "Maria")
    actions.begin(CvItem.objects.get().edition, by=maria, at=NOW)
    return maria


@pytest.fixture
def photo(tmp_path):
    """A photo as a phone makes it: of noise, so that it has a size, and with the place where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "CANARY"
    exif.get_ifd(0x8825)[2] = (45.0, 51.0, 0.0)
    made = BytesIO()
    Image.frombytes("RGB", (900, 600), os.urandom(900 * 600 * 3)).save(made, "JPEG", quality=90, exif=exif)
    path = tmp_path / "attestato.jpg"
    path.write_bytes(made.getvalue())
    return path


def come_in(page):
    page.get_by_label("Il tuo indirizzo mail").fill(MARIA)
    page.get_by_role("button", name="Mandami il codice").click()
    mail = Outgoing.objects.latest("pk")
    page.get_by_label("Le sei cifre").fill(re.search(r"\b(\d{6})\b", mail.text)[1])
    page.get_by_role("button", name="Entra").click()


def at_her_cv(live_server, open_page, **how):
    page = open_page(f"{live_server.url}/enter/?next={CV}", width=360, **how)
    come_in(page)
    page.wait_for_url(f"**{CV}")
    return page


def look(page, name):
    """Hold a page to what a phone asks of it."""
    assert axe_faults(page) == []
    assert too_wide(page) == []
    assert too_small(page) == []
    shot(page, f"apply-{name}-360")


def go_on(page):
    page.get_by_role("button", name=re.compile("Salva e")).click()
    page.wait_for_load_state()


def first_evening(phone):
    """Who she is, and half a letter; then the battery is empty."""
    come_in(phone)
    phone.get_by_label("Come ti chiami?").fill("Maria Rota")
    phone.get_by_role("button", name="Entra").click()
    phone.wait_for_url("**/e/terza/apply/")
    look(phone, "begin")
    phone.get_by_role("button", name="Comincia").click()
    assert phone.get_by_label("Nome, come vuoi farti chiamare").input_value() == "Maria Rota"
    phone.get_by_label("Data di nascita").fill("1986-03-11")
    phone.get_by_label("Città o paese").fill("Lecco")
    phone.get_by_label("Regione").fill("Lombardia")
    phone.get_by_label("Come hai saputo di noi?").select_option("friend")
    look(phone, "about")
    go_on(phone)
    phone.get_by_label("Chi ascolti?").fill("Ho ascoltato mia nonna")
    phone.locator("#saved").filter(has_text="Salvato alle").wait_for()
    look(phone, "letter")
    phone.context.close()


def second_evening(phone, photo):
    """It is all there; the rest, with a photo of a certificate."""
    come_in(phone)
    phone.wait_for_url("**/e/terza/apply/")
    look(phone, "again")
    phone.get_by_role("link", name=re.compile("^Continua")).click()
    assert phone.get_by_label("Chi ascolti?").input_value() == "Ho ascoltato mia nonna"
    phone.get_by_label("Che cosa insegni?").fill("A cucire")
    go_on(phone)
    phone.get_by_role("spinbutton", name=re.compile("Anni di blog")).fill("4")
    phone.get_by_label("File o foto").set_input_files(photo)
    phone.get_by_role("button", name=re.compile("Togli.*attestato")).wait_for()
    look(phone, "cv")
    go_on(phone)
    working.run_due(clock.now())
    look(phone, "help")
    go_on(phone)
    phone.get_by_label("con il mio nome").check()
    for box in phone.locator("input[type=checkbox]").all():
        box.check()
    look(phone, "consents")
    go_on(phone)


def test_a_candidate_applies_on_a_phone_in_two_sittings(live_server, open_page, today, photo):
    first_evening(open_page(f"{live_server.url}/e/terza/apply/", width=360))
    today(NOW + timedelta(days=2))
    phone = open_page(f"{live_server.url}/e/terza/apply/", width=360)
    second_evening(phone, photo)

    assert phone.get_by_text("11 marzo 1986").is_visible()
    assert phone.get_by_role("link", name="attestato.jpg").is_visible()
    look(phone, "check")
    phone.get_by_role("button", name="Consegna la candidatura").click()
    phone.wait_for_url("**/e/terza/apply/")

    application = Application.objects.get()
    receipt = " ".join(phone.locator(".notebook").inner_text().split())
    for words in (application.code, application.test_code, "File 1", "25 novembre 2026"):
        assert words in receipt, words
    look(phone, "receipt")
    file = ApplicationFile.objects.select_related("file").get()
    assert file.handed_in_at == application.submitted_at
    with files.read(file.file) as opened:
        assert b"CANARY" not in opened.read()


def test_a_file_goes_on_where_the_line_broke(live_server, open_page, maria, tmp_path):
    whole = tmp_path / "laurea.pdf"
    whole.write_bytes(b"%PDF-1.7\n" + os.urandom(900_000))
    page = at_her_cv(live_server, open_page)
    sent = []

    def breaks(route):
        sent.append(len(route.request.post_data_buffer or b""))
        return route.abort() if len(sent) in {3, 4} else route.continue_()

    page.route("**/apply/files/**", breaks)
    field = page.locator("input[type=file]").first
    field.set_input_files(whole)
    expect(page.locator(".upload .unsaved").first).to_contain_text("La linea è caduta")
    look(page, "line-down")
    page.get_by_role("button", name=re.compile(r"Togli.*laurea")).wait_for()

    with files.read(ApplicationFile.objects.get().file) as opened:
        assert opened.read() == whole.read_bytes()
    assert field.input_value() == ""
    assert not PartialFile.objects.exists()


def test_a_file_goes_on_after_the_page_was_loaded_again(live_server, open_page, maria, tmp_path):
    whole = tmp_path / "laurea.pdf"
    whole.write_bytes(b"%PDF-1.7\n" + os.urandom(900_000))
    page = at_her_cv(live_server, open_page)
    sent = []

    def breaks(route):
        sent.append(route.request)
        return route.abort() if len(sent) > 3 else route.continue_()

    page.route("**/apply/files/**", breaks)
    page.locator("input[type=file]").first.set_input_files(whole)
    page.locator(".upload .unsaved").first.wait_for()
    half = PartialFile.objects.get()
    assert 0 < half.received < half.size
    page.unroute("**/apply/files/**")
    page.reload()
    page.locator("input[type=file]").first.set_input_files(whole)
    page.get_by_role("button", name=re.compile(r"Togli.*laurea")).wait_for()

    assert ApplicationFile.objects.get().file.size == whole.stat().st_size
    assert not PartialFile.objects.exists()  # it was the same way, not a second one


def test_what_does_not_fit_is_said_at_once(live_server, open_page, maria, tmp_path):
    wrong = tmp_path / "foto.jpg"
    wrong.write_bytes(b"MZ this is no photo")
    page = at_her_cv(live_server, open_page)
    page.locator("input[type=file]").first.set_input_files(wrong)

    expect(page.locator(".upload .error").first).to_contain_text("foto.jpg: Questo file è di un altro tipo")
    look(page, "wrong-file")
    assert not ApplicationFile.objects.exists()


def test_without_a_script_a_photo_comes_with_the_words(live_server, open_page, maria, photo):
    item = CvItem.objects.get()
    page = at_her_cv(live_server, open_page, scripts=False)
    page.locator(f"#id_number_{item.pk}").fill("2")
    page.locator(f"#input-cv-{item.pk}").set_input_files(photo)
    page.get_by_role("button", name="Aggiungi quello che ho scelto").first.click()
    page.get_by_role("button", name=re.compile(r"Togli.*attestato")).wait_for()

    assert page.locator(f"#id_number_{item.pk}").input_value() == "2"
    page.locator(f"#id_number_{item.pk}").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se ti serve una mano")
    assert ApplicationFile.objects.count() == 1
    page.goto(f"{live_server.url}{CV}")
    away = page.get_by_role("button", name=re.compile(r"Togli.*attestato"))
    away.click()
    expect(away).to_have_count(0)
    assert not ApplicationFile.objects.exists()
    assert Draft.objects.get(section="cv").typed[f"number_{item.pk}"] == "2"
