"""The pages of the reading: who coordinates gives letters out, a reader marks them, a candidate reads what they came to."""

from datetime import timedelta

import pytest
from tests.pages import assert_page

from sqcuola.admissions import actions
from sqcuola.admissions.tests.conftest import CLOSES, make_person
from sqcuola.admissions.tests.readings import ENDS, NOW, letter, reader
from sqcuola.admissions.tests.test_ranking import sit
from sqcuola.editions.models import Role
from sqcuola.marking.models import Mark, Paper, Sheet
from sqcuola.marking.queries import own

HERE = "/e/terza/reading/"


@pytest.fixture
def ready(edition, test, reading, nives, lidia, clock_at):
    """One letter, its author has taken the test, two people are there to read."""
    sit(letter(edition, nives), test, 3)
    clock_at(NOW)
    return [reader(edition, name) for name in ("Ada", "Bruno")]


def papers_of(person, round_):
    return [assignment.paper.code for assignment in own(round_, person)]


def form(round_, value, words=""):
    return {f"c{one.pk}": str(value) for one in round_.criteria.all()} | {"words": words}


def test_from_giving_out_to_ones_own_result(client, ready, edition, reading, nives, lidia):
    client.force_login(lidia)
    assert "Le lettere aspettano <mark>chi le legga</mark>" in assert_page(client.get(HERE))
    assert_page(client.post(HERE, follow=True))
    assert "Mancano ancora <mark>2 letture</mark>" in assert_page(client.get(HERE))
    for one in ready:
        client.force_login(one)
        (code,) = papers_of(one, reading)
        page = assert_page(client.get(f"/read/{reading.pk}/{code}/"))
        assert "Nives" not in page
        sent = client.post(f"/read/{reading.pk}/{code}/", form(reading, 4, f"Da {one.pk}"), follow=True)
        assert "Era l’ultimo" in assert_page(sent)
        assert "Hai letto <mark>tutto</mark>" in assert_page(
            client.post(f"/read/{reading.pk}/close/", follow=True)
        )
    client.force_login(lidia)
    assert "Tutte le lettere <mark>sono lette</mark>" in assert_page(client.get(HERE))
    ranking = assert_page(client.get("/e/terza/ranking/"))
    assert all(words in ranking for words in ("Totale", "77,5", "75", "80"))
    actions.close_ranking(edition, by=lidia, at=NOW)
    client.force_login(nives)
    own_page = assert_page(client.get("/e/terza/result/"))
    assert "Com’è stata letta la tua lettera" in own_page
    assert "punti di prova e lettera" in own_page
    assert "punti della prova" not in own_page
    assert all(f"Da {one.pk}" in own_page and one.name not in own_page for one in ready)


def test_what_is_typed_is_kept_when_it_cannot_be_saved(client, ready, edition, reading, lidia):
    actions.give_out_letters(edition, by=lidia, at=NOW)
    client.force_login(ready[0])
    url = f"/read/{reading.pk}/{papers_of(ready[0], reading)[0]}/"
    client.post(url, form(reading, 2, "Prima."))
    refused = client.post(url, form(reading, 9, "Dopo."))
    assert refused.status_code == 403
    page = refused.content.decode()
    assert "Questi punti qui non esistono" in page
    assert "Dopo." in page
    assert set(Mark.objects.values_list("points", flat=True)) == {2}
    assert Sheet.objects.get().words == "Prima."


def test_saving_as_one_goes_answers_in_a_word(client, ready, edition, reading, lidia, clock_at):
    actions.give_out_letters(edition, by=lidia, at=NOW)
    client.force_login(ready[0])
    url = f"/read/{reading.pk}/{papers_of(ready[0], reading)[0]}/"
    one = reading.criteria.first()
    saved = client.post(url, {f"c{one.pk}": "3", "words": ""}, headers={"X-Autosave": "1"})
    assert (saved.status_code, saved.content.decode()) == (200, "Salvato alle 00:00")
    clock_at(ENDS)
    late = client.post(url, {f"c{one.pk}": "5"}, headers={"X-Autosave": "1"})
    assert late.status_code == 403
    assert Mark.objects.get().points == 3


def test_who_does_not_read_any_more_is_told_and_their_letters_wait(client, ready, edition, reading, lidia):
    actions.give_out_letters(edition, by=lidia, at=NOW)
    Role.objects.filter(person=ready[0]).update(ends=NOW)
    client.force_login(lidia)
    page = assert_page(client.get(HERE))
    assert "non legge più" in page
    assert "Ogni lettera la leggono in 2, e i lettori sono 1" not in page  # said when one tries
    reader(edition, "Carla")
    page = assert_page(client.get(HERE))
    assert "A una lettura manca chi la faccia" in page
    client.post(HERE)
    assert Paper.objects.get().assignments.filter(returned_at=None).count() == 2


def test_before_the_call_closes_letters_still_come_in(client, ready, lidia, clock_at):
    clock_at(CLOSES - timedelta(seconds=1))
    client.force_login(lidia)
    page = assert_page(client.get(HERE))
    assert "arrivano ancora lettere" in page
    assert "Dai le lettere da leggere" not in page
    assert "arrivano ancora lettere" in assert_page(client.post(HERE, follow=True))


def test_the_pages_cost_the_same_with_more_letters(
    client, ready, edition, reading, lidia, django_assert_num_queries
):

    letter(edition, make_person("Oreste"))
    actions.give_out_letters(edition, by=lidia, at=NOW)
    client.force_login(lidia)
    client.get(HERE)
    with django_assert_num_queries(25):
        client.get(HERE)
    client.force_login(ready[0])
    url = f"/read/{reading.pk}/{papers_of(ready[0], reading)[0]}/"
    client.get(url)
    with django_assert_num_queries(12):
        client.get(url)
