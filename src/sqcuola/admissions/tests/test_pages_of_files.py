"""The pages on which files come in and are opened, without a script and in pieces."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.pages import assert_page

from sqcuola.admissions import actions
from sqcuola.admissions.models import ApplicationFile, CvItem, Draft, Place
from sqcuola.admissions.tests.conftest import CLOSES, NOW, make_person, typed_for
from sqcuola.admissions.tests.test_applying import fill
from sqcuola.admissions.tests.test_files import PDF, pdf, photo
from sqcuola.editions.models import Role
from sqcuola.kernel import working
from sqcuola.kernel.files import bounding

CV, HELP = "/e/terza/apply/cv/", "/e/terza/apply/help/"


@pytest.fixture(autouse=True)
def uploads(own_uploads):
    return own_uploads


@pytest.fixture
def application(edition, nives):
    return actions.begin(edition, by=nives, at=NOW)


@pytest.fixture
def item(application):
    return CvItem.objects.get().pk


def form_of(application, section, **more):
    return {"version": 0, "page": "p1", "of": application.code, "section": section, **more}


def test_without_a_script_a_file_comes_with_its_form_and_nothing_typed_is_lost(browser, application, item):
    typed = {f"number_{item}": "2", f"evidence_{item}": "appena scritto", "add": f"cv-{item}"}
    answer = browser.post(CV, form_of(application, "cv", **typed, **{f"files_cv-{item}": [pdf(), photo()]}))

    assert answer.url == f"{CV}#files-cv-{item}"
    page = assert_page(browser.get(CV))
    assert 'enctype="multipart/form-data"' in page
    assert "laurea.pdf" in page
    assert "foto.jpg" in page
    assert "appena scritto" in page
    assert Draft.objects.get(section="cv").typed[f"number_{item}"] == "2"


def test_save_and_go_on_takes_the_files_along(browser, application, item):
    answer = browser.post(CV, form_of(application, "cv", **{f"files_cv-{item}": pdf()}))

    assert answer.url == HELP
    assert ApplicationFile.objects.get().item_id == item


def test_enter_in_a_field_saves_and_takes_nothing_away(browser, application, item):
    actions.add_file(Place(application, CvItem.objects.get()), pdf(), by=application.person, at=NOW)
    page = browser.get(CV).content.decode()
    form = page[page.index("data-autosave") :]

    assert form.index("<button") < form.index('name="take_away"')
    assert "name=" not in form[form.index("<button") : form.index("</button>")]


def test_what_does_not_fit_is_said_at_its_field_and_the_words_are_kept(browser, application, item):
    sent = SimpleUploadedFile("<b>foto</b>.jpg", b"<script>alert(1)</script>")
    answer = browser.post(
        CV, form_of(application, "cv", **{f"evidence_{item}": "resta", f"files_cv-{item}": sent})
    )

    page = assert_page(answer)
    assert "altro tipo" in page
    assert "<b>foto" not in page
    assert "resta" in page
    assert not ApplicationFile.objects.exists()


def test_a_file_beyond_all_bounds_fills_no_disk_and_loses_no_words(
    browser, application, item, monkeypatch, settings, tmp_path
):
    monkeypatch.setattr(bounding, "BOUND", 1_000_000)
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "arriving-forms"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    huge = SimpleUploadedFile("film.jpg", b"\xff\xd8\xff" + b"0" * 12_000_000)

    answer = browser.post(
        CV, form_of(application, "cv", **{f"evidence_{item}": "resta", f"files_cv-{item}": huge})
    )

    page = assert_page(answer)
    assert "troppo grande: pesa 11,4" in page
    assert "resta" in page
    assert not ApplicationFile.objects.exists()
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []


def test_a_file_is_opened_harmless_and_taken_away(browser, application, item, nives, other, client):
    place = Place(application, CvItem.objects.get())
    saved = actions.add_file(place, pdf(), by=nives, at=NOW)
    seen = actions.add_file(place, photo(), by=nives, at=NOW)
    working.run_due(NOW)

    answer = browser.get(f"/e/terza/evidence/{saved.code}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer = browser.get(f"/e/terza/evidence/{seen.code}/")
    assert answer["Content-Type"] == "image/jpeg"
    assert list(answer.streaming_content)
    for path in (f"/e/terza/papers/{saved.code}/", f"/e/quarta/evidence/{saved.code}/"):
        assert browser.get(path).status_code == 404

    answer = browser.post(CV, form_of(application, "cv", take_away=saved.code))
    assert answer.url == f"{CV}#files-cv-{item}"
    assert ApplicationFile.objects.get() == seen
    client.force_login(other)
    assert client.get(f"/e/terza/evidence/{seen.code}/").status_code == 404
    actions.begin(application.edition, by=other, at=NOW)
    client.post(CV, form_of(application, "cv", take_away=seen.code))
    assert ApplicationFile.objects.get() == seen


def test_the_sixth_finds_no_field(browser, application, nives):
    place = Place(application, None)
    for number in range(5):
        actions.add_file(place, pdf(content=PDF + b"%d" % number), by=nives, at=NOW)

    page = assert_page(browser.get(HELP))
    assert 'type="file"' not in page
    assert "cinque file" in page


def test_pieces_are_taken_one_by_one(browser, application, item):
    url, half = f"/e/terza/apply/files/cv-{item}/", len(PDF) // 2
    begun = browser.post(url, {"name": "laurea.pdf", "size": len(PDF)}).json()
    token = begun["token"]

    def send(offset, content):
        return browser.post(
            url, {"token": token, "offset": offset, "piece": SimpleUploadedFile("b", content)}
        )

    assert send(0, PDF[:half]).json() == {"received": half}
    assert (send(0, PDF[:half]).status_code, send(0, b"").json()) == (409, {"received": half})
    last = send(half, PDF[half:]).json()
    assert last["received"] == len(PDF)
    assert "laurea.pdf" in last["list"]
    assert 'name="take_away"' in last["list"]
    assert "laurea.pdf" in send(half, PDF[half:]).json()["list"]
    assert ApplicationFile.objects.count() == 1


def test_pieces_are_refused_in_words(browser, clock_at, application, item):
    url = f"/e/terza/apply/files/cv-{item}/"
    empty = browser.post(url, {"name": "a.pdf", "size": "0"})
    assert (empty.status_code, "vuoto" in empty.json()["words"]) == (422, True)
    huge = browser.post(url, {"name": "a.pdf", "size": str(2 * 1024**3)})
    assert (huge.status_code, "troppo grande" in huge.json()["words"]) == (422, True)
    assert browser.post(url, {"token": "of-nobody", "offset": "0"}).status_code == 404
    assert browser.post("/e/terza/apply/files/cv-99999/", {"size": "9"}).status_code == 404
    assert browser.get(url).status_code == 405
    clock_at(CLOSES)
    late = browser.post(url, {"name": "a.pdf", "size": "9"})
    assert (late.status_code, "chiuso" in late.json()["words"]) == (403, True)


def test_who_keeps_the_papers_finds_them_with_the_request(browser, client, application, nives, edition):
    paper = actions.add_file(Place(application, None), pdf("certificato.pdf"), by=nives, at=NOW)
    fill(application, nives)
    actions.submit(application, by=nives, at=NOW)
    pia = make_person("Pia")
    Role.objects.create(edition=edition, person=pia, kind="papers", begins=NOW - timedelta(days=9))
    client.force_login(pia)

    page = assert_page(client.get(f"/e/terza/helps/{application.code}/"))
    assert "certificato.pdf" in page
    assert "1 marzo 2027" in page  # ninety days after the call, since there is no test yet
    assert list(client.get(f"/e/terza/papers/{paper.code}/").streaming_content) == [PDF]


def test_all_is_read_through_with_its_files_and_the_birthday_in_words(browser, application, nives):
    actions.add_file(Place(application, CvItem.objects.get()), pdf(), by=nives, at=NOW)
    fill(application, nives)

    page = assert_page(browser.get("/e/terza/apply/check/"))
    assert "laurea.pdf" in page
    assert "17 maggio 1990" in page
    assert "1990-05-17" not in page


def test_what_was_not_chosen_is_not_read_as_an_answer(browser, application):
    page = assert_page(browser.get("/e/terza/apply/check/"))
    assert "Come hai saputo di noi?" in page
    assert "scegli" not in page


def test_who_coordinates_reads_what_gave_the_points_once_the_ranking_is_closed(
    browser, client, application, nives, edition, lidia
):
    actions.add_file(Place(application, CvItem.objects.get()), pdf(), by=nives, at=NOW)
    fill(application, nives)
    actions.submit(application, by=nives, at=NOW)
    page = f"/e/terza/ranking/{application.code}/"
    assert browser.get(page).status_code == 404
    client.force_login(lidia)
    assert client.get(page).status_code == 403
    edition.ranking_closed_at = NOW
    edition.save(update_fields=["ranking_closed_at"])

    source = assert_page(client.get(page))
    for words in ("Nives Rota", "Anni di blog", "Punti: 6 su 6", "https://example.org/blog", "laurea.pdf"):
        assert words in source, words
    evidence = ApplicationFile.objects.get()
    assert list(client.get(f"/e/terza/evidence/{evidence.code}/").streaming_content) == [PDF]


@pytest.mark.parametrize(("each", "said"), [(1, "1 punto ciascuno"), (2, "2 punti ciascuno")])
def test_points_are_counted_as_people_do(browser, application, each, said):
    CvItem.objects.update(each=each)

    assert said in browser.get(CV).content.decode()


def test_a_list_of_files_takes_no_more_queries(browser, application, nives, django_assert_num_queries):
    place = Place(application, CvItem.objects.get())
    actions.add_file(place, pdf(), by=nives, at=NOW)
    with django_assert_num_queries(12):
        browser.get(CV)
    for number in range(3):
        actions.add_file(place, pdf(content=PDF + b"%d" % number), by=nives, at=NOW)
    with django_assert_num_queries(12):
        browser.get(CV)


def test_typed_words_survive_a_lost_session_and_the_file_does_not_come_in(
    client, clock_at, application, item
):
    sent = form_of(application, "cv", **{f"evidence_{item}": "resta", f"files_cv-{item}": pdf()})
    assert client.post(CV, sent).status_code == 302
    assert not ApplicationFile.objects.exists()
    assert typed_for(application.edition)
