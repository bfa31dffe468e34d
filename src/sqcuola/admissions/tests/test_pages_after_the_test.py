from datetime import timedelta

import pytest
from tests.pages import assert_page

from sqcuola.admissions import actions
from sqcuola.admissions.models import Accommodation, Application, Offer, Ranking
from sqcuola.admissions.tests.conftest import NOW, make_person
from sqcuola.admissions.tests.test_ranking import BEGINS, CLOSING, applicant, sit
from sqcuola.editions.models import Membership, Phase, Role

HOUR = timedelta(hours=1)


@pytest.fixture
def closed(edition, test, lidia):
    """A closed ranking of three for two seats."""
    for name, right in (("Ada", 4), ("Bice", 3), ("Ciro", 1)):
        sit(applicant(edition, name), test, right)
    actions.close_ranking(edition, by=lidia, at=CLOSING)
    return edition


def enter(client, name):
    client.force_login(Application.objects.get(code=name).person)
    return client


def test_before_the_closing_there_is_no_result(client, clock_at, edition, test):
    ada = applicant(edition, "Ada")
    client.force_login(ada.person)
    clock_at(CLOSING)

    answer = client.get("/e/terza/result/")

    assert answer.status_code == 403
    assert "non è ancora chiusa" in answer.content.decode()
    assert client.get("/e/terza/admitted/").status_code == 404


def test_an_offer_is_answered_with_one_button(client, clock_at, closed):
    clock_at(CLOSING + HOUR)
    enter(client, "ADA")

    page = client.get("/e/terza/result/")
    assert_page(page)
    assert "lo prendi?" in page.content.decode()
    assert Offer.objects.get(application__code="ADA").state == "made"

    client.post("/e/terza/result/accept/")

    page = client.get("/e/terza/result/")
    assert_page(page)
    assert "Il posto 1 è" in page.content.decode()
    assert Membership.objects.get().person.name == "Ada"


def test_declining_asks_once_and_calls_up_the_next(client, clock_at, closed):
    clock_at(CLOSING + HOUR)
    enter(client, "ADA")

    assert_page(client.get("/e/terza/result/decline/"))
    assert Offer.objects.get(application__code="ADA").state == "made"
    client.post("/e/terza/result/decline/")

    assert_page(client.get("/e/terza/result/"))
    assert Offer.objects.get(application__code="CIRO").seat.number == 1


def test_after_the_deadline_the_page_says_so_though_no_job_ran(client, clock_at, closed):
    clock_at(CLOSING + 72 * HOUR)
    enter(client, "ADA")

    answer = client.post("/e/terza/result/accept/", follow=True)

    assert_page(answer)
    assert "Il tempo per rispondere è finito" in answer.content.decode()
    assert not Membership.objects.exists()


def test_everybody_else_sees_their_own_place_and_no_one_elses(client, clock_at, closed):
    clock_at(CLOSING + HOUR)
    enter(client, "CIRO")

    answer = client.get("/e/terza/result/")

    assert_page(answer)
    page = answer.content.decode()
    assert "Il prossimo in lista d" in page
    assert "<strong>3</strong> su 3" in page
    assert "Ada" not in page
    assert client.post("/e/terza/result/accept/").status_code == 404


def test_when_the_class_has_begun_nobody_is_left_waiting(client, clock_at, closed):
    begins = CLOSING + 200 * HOUR
    Phase.objects.create(edition=closed, kind=Phase.Kind.CLASS, begins=begins, ends=begins + 900 * HOUR)
    enter(client, "CIRO")

    clock_at(begins - HOUR)
    assert "Il prossimo in lista d" in client.get("/e/terza/result/").content.decode()

    clock_at(begins)
    answer = client.get("/e/terza/result/")
    assert_page(answer)
    assert "attesa è chiusa" in answer.content.decode()


def test_who_did_not_take_the_test_is_told_kindly(client, clock_at, closed):
    dina = applicant(closed, "Dina")
    clock_at(CLOSING + HOUR)
    client.force_login(dina.person)

    answer = client.get("/e/terza/result/")

    assert_page(answer)
    assert "Non sei in questa graduatoria" in answer.content.decode()


def test_the_list_of_the_admitted_is_public_and_names_nobody_else(client, clock_at, closed):
    clock_at(CLOSING + HOUR)

    answer = client.get("/e/terza/admitted/")

    assert_page(answer, public=True)
    page = answer.content.decode()
    assert "Ada" in page
    assert "Bice" in page
    assert "Ciro" not in page
    assert "CIRO" not in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, clock_at, edition, test, lidia, django_assert_num_queries, how_many
):
    edition.seats_offered = 3
    edition.save()
    for number in range(how_many):
        sit(applicant(edition, f"P{number}"), test, number)
    actions.close_ranking(edition, by=lidia, at=CLOSING)
    clock_at(CLOSING + HOUR)
    client.get("/e/terza/admitted/")

    with django_assert_num_queries(6):
        client.get("/e/terza/admitted/")


def test_the_coordinator_sees_codes_before_and_names_after(client, clock_at, edition, test, lidia):
    sit(applicant(edition, "Ada", code="K7402A"), test, 4)
    client.force_login(lidia)
    clock_at(CLOSING)

    before = client.get("/e/terza/ranking/")
    assert_page(before)
    assert "K7402A" in before.content.decode()
    assert "Ada" not in before.content.decode()
    assert not Ranking.objects.exists()

    client.post("/e/terza/ranking/")

    after = client.get("/e/terza/ranking/")
    assert_page(after)
    assert "Ada" in after.content.decode()
    assert Ranking.objects.count() == 1


def test_while_somebody_takes_the_test_no_code_appears(client, clock_at, edition, test, lidia):
    sit(applicant(edition, "Ada", code="K7402A"), test, 4)
    client.force_login(lidia)
    clock_at(BEGINS + HOUR)

    page = client.get("/e/terza/ranking/")
    file = client.post("/e/terza/ranking/file/")

    assert_page(page)
    assert "si può cominciare fino a" in page.content.decode()
    assert "K7402A" not in page.content.decode()
    assert "K7402A" not in b"".join(file).decode()


def test_closing_too_early_says_why(client, clock_at, edition, test, lidia):
    client.force_login(lidia)
    clock_at(BEGINS)

    client.post("/e/terza/ranking/")
    answer = client.get("/e/terza/ranking/")

    assert_page(answer)
    assert "si può cominciare fino a" in answer.content.decode()
    assert not Ranking.objects.exists()


def test_the_page_of_the_test_before_and_after(client, clock_at, edition, test):
    ada = applicant(edition, "Ada")
    client.force_login(ada.person)
    pages = []
    for at in (BEGINS - HOUR, BEGINS, CLOSING):
        clock_at(at)
        answer = client.get("/e/terza/test/")
        assert_page(answer)
        pages.append(answer.content.decode())
    assert "si apre" in pages[0]
    assert "cominciare la prova" in pages[1]
    assert "si poteva cominciare fino a" in pages[2]

    sit(ada, test, 2)
    clock_at(BEGINS + HOUR)

    answer = client.get("/e/terza/test/")
    assert_page(answer)
    assert "Hai fatto la tua prova" in answer.content.decode()


def test_requests_are_read_and_decided_by_their_keeper(client, clock_at, edition):
    ada = applicant(edition, "Ada")
    Accommodation.objects.create(application=ada, wanted="Caratteri grandi", wanted_percent=25, asked_at=NOW)
    keeper = make_person("Pia")
    Role.objects.create(edition=edition, person=keeper, kind="papers", begins=NOW - timedelta(days=1))
    client.force_login(keeper)

    assert_page(client.get("/e/terza/helps/"))
    assert "Caratteri grandi" in assert_page(client.get("/e/terza/helps/ADA/"))

    wrong = client.post("/e/terza/helps/ADA/", {"percent": "12", "aids": "x"})
    assert_page(wrong)
    assert Accommodation.objects.get().decided_at is None

    client.post("/e/terza/helps/ADA/", {"percent": "25", "aids": "Caratteri grandi"})
    assert Accommodation.objects.get().granted_percent == 25
    assert_page(client.get("/e/terza/helps/"))
