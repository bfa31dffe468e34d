from datetime import UTC, datetime, timedelta

import pytest
from tests.pages import assert_page

from sqcuola.admissions import actions, models
from sqcuola.admissions.models import Application
from sqcuola.admissions.queries import cockpit
from sqcuola.editions.models import Clarification, Edition, Phase, Role, School
from sqcuola.kernel import ids
from sqcuola.people.models import Person, Profile
from sqcuola.questions.models import Blueprint

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock_at(monkeypatch):
    def set_to(at):
        monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: at)

    set_to(NOW)
    return set_to


@pytest.fixture
def edition(db):
    edition = Edition.objects.create(
        slug="terza",
        number=3,
        title="Classe III",
        scope="s3",
        published_at=NOW - 9 * DAY,
        created_at=NOW - 9 * DAY,
    )
    Phase.objects.create(edition=edition, kind="call", begins=NOW - 9 * DAY, ends=NOW + 7 * DAY)
    Phase.objects.create(edition=edition, kind="assessment", begins=NOW + 9 * DAY, ends=NOW + 10 * DAY)
    return edition


@pytest.fixture
def nives(db):
    return Person.objects.create_user("nives@example.org", "Nives Rota")


@pytest.fixture
def lidia(edition):
    lidia = Person.objects.create_user("lidia@example.org", "Lidia")
    Role.objects.create(edition=edition, person=lidia, kind="coordinator", begins=NOW - 9 * DAY)
    return lidia


def enter(client, person):
    client.force_login(person)
    return client


def test_an_empty_desk_leads_to_the_open_call(client, clock_at, edition, nives):
    page = assert_page(enter(client, nives).get("/desk/"))

    assert "Ciao Nives, per ora niente da fare." in page
    assert "/e/terza/" in page


def test_an_empty_desk_without_a_call_says_that_nothing_is_amiss(client, clock_at, nives):
    page = assert_page(enter(client, nives).get("/desk/"))

    assert "La tua scrivania è libera" in page


def test_the_nearest_deadline_stands_first_with_the_only_filled_button(client, clock_at, edition, nives):
    actions.begin(edition, by=nives, at=NOW)

    page = assert_page(enter(client, nives).get("/desk/"))

    assert "Ciao Nives, oggi niente, poi una cosa." in page
    assert page.count('class="button"') == 1
    assert "/e/terza/apply/" in page

    clock_at(NOW + 7 * DAY - timedelta(hours=2))
    assert "Ciao Nives, oggi una cosa." in client.get("/desk/").content.decode()


def test_who_coordinates_finds_the_way_to_the_cockpit(client, clock_at, edition, lidia):
    page = assert_page(enter(client, lidia).get("/desk/"))

    assert "/e/terza/cockpit/" in page


@pytest.mark.parametrize(
    ("kind", "url", "words"),
    [("teacher", "class/", "la classe"), ("papers", "helps/", "richieste di aiuto per la prova")],
)
def test_who_works_in_an_edition_finds_the_way_to_it_when_nothing_waits(
    client, clock_at, edition, nives, kind, url, words
):
    Role.objects.create(edition=edition, person=nives, kind=kind, begins=NOW - DAY)

    page = assert_page(enter(client, nives).get("/desk/"))

    assert f'<a href="/e/terza/{url}">Classe III</a> <span class="soft small">{words}</span>' in page
    assert client.get(f"/e/terza/{url}").status_code == 200


@pytest.mark.parametrize(
    ("opens", "said"), [(2 * DAY, "il bando sta per aprire"), (-DAY, "il bando dovrebbe essere già aperto")]
)
def test_an_edition_that_nobody_sees_says_how_it_stands_with_its_call(
    client, clock_at, edition, lidia, opens, said
):
    Edition.objects.update(published_at=None)
    Phase.objects.filter(kind="call").update(begins=NOW + opens)

    assert f"Classe III non è ancora pubblica, e {said}" in assert_page(enter(client, lidia).get("/desk/"))


def test_who_has_made_an_edition_public_reads_what_comes_next_in_order(client, clock_at, edition, lidia):
    Phase.objects.create(edition=edition, kind="ranking", begins=NOW + 11 * DAY, ends=NOW + 12 * DAY)
    Phase.objects.create(edition=edition, kind="class", begins=NOW + 50 * DAY, ends=NOW + 90 * DAY)

    page = assert_page(enter(client, lidia).get("/desk/"))

    assert "Che cosa viene dopo in «Classe III»" in page
    steps = page.split("Che cosa viene dopo", 1)[1].split("</ol>", 1)[0]
    said = [
        "Bando",
        "fine: 30 nov",
        "Prova di selezione",
        "inizio: 2 dic",
        "Graduatoria",
        "<strong>Classe",
        "inizio: 12 gen 2027",
    ]
    assert [steps.index(words) for words in said] == sorted(steps.index(words) for words in said)

    clock_at(NOW + 8 * DAY)
    assert "Bando" not in client.get("/desk/").content.decode().split("viene dopo", 1)[1].split("</ol>", 1)[0]
    edition.published_at = None
    edition.save()
    assert "viene dopo" not in client.get("/desk/").content.decode()


def apply(edition, number, **facts):
    person = Person.objects.create_user(f"p{number}@example.org", f"Persona {number}")
    Profile.objects.create(person=person, region=("Lombardia", "Sicilia")[number % 2], town="Lecco")
    return Application(
        edition=edition,
        person=person,
        code=ids.code(6),
        test_code=ids.code(10),
        channel="friend",
        started_at=NOW - DAY,
        **facts,
    )


def fill(edition, how_many):
    Application.objects.bulk_create(
        apply(edition, number, **({"submitted_at": NOW, "digest": "1" * 64} if number % 3 else {}))
        for number in range(how_many)
    )


def test_the_cockpit_says_what_goes_on_and_what_blocks(client, clock_at, edition, lidia):
    fill(edition, 6)
    Clarification.objects.create(edition=edition, question="Si paga?", asked_at=NOW)

    page = assert_page(enter(client, lidia).get("/e/terza/cockpit/"))

    assert "Bando: mancano 7 giorni" in page
    assert "4 candidature" in page
    assert "Una domanda aspetta risposta" in page
    assert "La prova non è ancora preparata" in page
    assert "Lombardia" in page
    assert "/e/terza/write/unfinished/" in page


def test_what_is_left_of_a_chart_stands_last_and_dwarfs_nothing(client, clock_at, edition, lidia):
    fill(edition, 12)
    people = Person.objects.filter(name__startswith="Persona").order_by("pk")
    regions = [
        "Lazio",
        "Lazio",
        "Lazio",
        "Puglia",
        "Puglia",
        "Sicilia",
        "Umbria",
        "Marche",
        "Molise",
        "Veneto",
        "",
        "",
    ]
    for person, region in zip(people, regions, strict=True):
        Profile.objects.filter(person=person).update(region=region)

    charts = cockpit.charts(edition, NOW)

    bars = [(bar.value, bar.rest) for bar in charts.regions]
    assert bars == [(3, False), (2, False), (1, False), (1, False), (3, True), (2, True)]
    assert charts.most_region == 3
    page = assert_page(enter(client, lidia).get("/e/terza/cockpit/"))
    assert page.count('<tr class="rest">') == 2


def test_an_edition_in_which_nothing_has_happened_has_a_cockpit_too(client, clock_at, edition, lidia):
    edition.phases.all().delete()

    assert "Niente" in assert_page(enter(client, lidia).get("/e/terza/cockpit/"))


@pytest.mark.parametrize("how_many", [1, 30])
def test_the_cockpit_costs_the_same_whatever_the_number_of_applicants(
    client, clock_at, memory, edition, lidia, django_assert_num_queries, how_many
):
    fill(edition, how_many)
    School.objects.create(name="SQcuola", founded_at=NOW)
    blueprint = Blueprint.objects.create(name="Prova", seed="s", created_at=NOW)
    models.Test.objects.create(edition=edition, blueprint=blueprint, begins=NOW - DAY, ends=NOW)
    enter(client, lidia).get("/e/terza/cockpit/")

    with django_assert_num_queries(9):
        client.get("/e/terza/cockpit/")


def test_the_desk_takes_few_queries(client, clock_at, edition, nives, django_assert_max_num_queries):
    School.objects.create(name="SQcuola", founded_at=NOW)
    actions.begin(edition, by=nives, at=NOW)
    enter(client, nives).get("/desk/")

    with django_assert_max_num_queries(12):
        client.get("/desk/")


def test_the_list_of_applications_is_found_by_name_code_and_state(client, clock_at, edition, lidia):
    fill(edition, 6)
    enter(client, lidia)

    everybody = assert_page(client.get("/e/terza/cockpit/applications/"))
    unfinished = client.get("/e/terza/cockpit/applications/?state=unfinished").content.decode()
    found = client.get("/e/terza/cockpit/applications/?q=Persona+4").content.decode()
    nobody = client.get("/e/terza/cockpit/applications/?q=%3Cscript%3E&state=nonsense")

    assert everybody.count("<tr>") == 7
    assert unfinished.count("<tr>") == 3
    assert found.count("<tr>") == 2
    assert_page(nobody)


def test_no_code_leads_to_a_name_until_the_ranking_is_closed(client, clock_at, edition, lidia, nives):
    """The ranking stands there by code alone: a list of names with codes would open it."""
    application = actions.begin(edition, by=nives, at=NOW)
    enter(client, lidia)
    roads = [
        "/e/terza/cockpit/applications/?",
        f"/e/terza/cockpit/applications/?q={application.code}",
        f"/e/terza/write/unfinished/?only-words={application.code}",
    ]

    everybody, by_code, to_whom = (client.get(road).content.decode() for road in roads)
    assert str(nives) in everybody
    assert application.code not in everybody
    assert str(nives) not in by_code.split("<main")[1]
    assert str(nives) not in to_whom.split("<main")[1]

    edition.ranking_closed_at = NOW
    edition.save(update_fields=["ranking_closed_at"])
    everybody, by_code, to_whom = (client.get(road).content.decode() for road in roads)
    assert application.code in everybody
    assert str(nives) in by_code
    assert str(nives) in to_whom


def test_what_was_written_is_in_no_list(client, clock_at, edition, lidia, nives):
    application = actions.begin(edition, by=nives, at=NOW)
    application.drafts.create(section="letter", typed={"answer_1": "CANARINO"}, version=1, saved_at=NOW)
    enter(client, lidia)

    for path in ("cockpit/", "cockpit/applications/"):
        assert "CANARINO" not in client.get(f"/e/terza/{path}").content.decode()


MIDNIGHT = datetime(
    2026, 11, 30, 23, 0, tzinfo=UTC
)  # in Rome; the last minute of the call is 23:59 of 30 November


@pytest.mark.parametrize(
    ("at", "cockpit", "public"),
    [
        (datetime(2026, 11, 18, 23, 30, tzinfo=UTC), "mancano 11 giorni", "<dd>11 giorni</dd>"),
        (datetime(2026, 11, 23, 8, 49, tzinfo=UTC), "mancano 7 giorni", "<dd>7 giorni</dd>"),
        (datetime(2026, 11, 29, 22, 59, tzinfo=UTC), "manca un giorno", "<dd>1 giorno</dd>"),
        (datetime(2026, 11, 29, 23, 0, tzinfo=UTC), "finisce oggi alle 23:59", "data-until="),
    ],
)
def test_cockpit_and_public_page_count_the_same_days(
    client, clock_at, edition, lidia, settings, at, cockpit, public
):
    settings.KEEP_PAGES = False
    edition.phases.filter(kind="call").update(ends=MIDNIGHT)
    clock_at(at)

    assert cockpit in enter(client, lidia).get("/e/terza/cockpit/").content.decode()
    assert public in client.get("/e/terza/").content.decode()


def test_the_desk_says_an_end_by_the_clocks_of_its_edition(client, clock_at, edition, nives):
    Edition.objects.filter(pk=edition.pk).update(zone="Europe/Lisbon")
    edition.phases.filter(kind="call").update(ends=MIDNIGHT + timedelta(hours=1))
    actions.begin(edition, by=nives, at=NOW)
    clock_at(datetime(2026, 11, 30, 23, 30, tzinfo=UTC))  # in Rome the next day has begun

    page = enter(client, nives).get("/desk/").content.decode()

    assert "scade oggi, 23:59" in page
    assert "oggi una cosa" in page


def test_a_question_waits_since_a_day_not_at_an_hour(client, clock_at, edition, lidia):
    question = Clarification.objects.create(edition=edition, question="Si paga?", asked_at=NOW)
    enter(client, lidia)

    assert "aspetta da oggi" in client.get("/desk/").content.decode()
    clock_at(NOW + DAY)
    assert "aspetta da ieri" in client.get("/desk/").content.decode()
    clock_at(NOW + 5 * DAY)
    page = client.get("/desk/").content.decode()
    assert "aspetta da 5 giorni" in page
    assert question.question not in page
