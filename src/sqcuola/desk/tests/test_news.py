"""What is new on a desk: told to each by what they may know, bounded, until they say that they have seen it."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from tests.pages import assert_page

from sqcuola.admissions import actions
from sqcuola.admissions.acts import ApplicationStarted, OfferMade
from sqcuola.desk import counting
from sqcuola.desk.news import OLDEST, SHOWN, seen_until
from sqcuola.editions.acts import CallExtended, ClarificationAnswered, SchoolChanged, SeatsChanged
from sqcuola.editions.models import Edition, Phase, Role, School
from sqcuola.kernel import acts
from sqcuola.kernel.acts import Act, ActorCode
from sqcuola.kernel.prepared import prepared
from sqcuola.notices import texts
from sqcuola.notices.actions import tell
from sqcuola.people.models import Person

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock_at(monkeypatch):
    def set_to(at):
        monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: at)

    set_to(NOW)
    return set_to


@pytest.fixture
def edition(clock_at, db):
    edition = Edition.objects.create(
        slug="terza", number=3, title="Classe III", scope="s3", published_at=NOW - 9 * DAY, created_at=NOW
    )
    Phase.objects.create(edition=edition, kind="call", begins=NOW - 9 * DAY, ends=NOW + 7 * DAY)
    return edition


def person(name, joined=NOW - 20 * DAY, **facts):
    return Person.objects.create_user(f"{name.lower()}@example.org", name, joined=joined, **facts)


def with_role(edition, name, kind):
    somebody = person(name)
    Role.objects.create(edition=edition, person=somebody, kind=kind, begins=NOW - 9 * DAY)
    return somebody


@pytest.fixture
def lidia(edition):
    return with_role(edition, "Lidia", "coordinator")


@pytest.fixture
def nives(edition):
    nives = person("Nives")
    actions.begin(edition, by=nives, at=NOW - 2 * DAY)
    return nives


def record(payload, *, at=NOW - HOUR, scope="s3", **how):
    with transaction.atomic():
        return acts.record(payload, **{"by": acts.SYSTEM, "at": at, "scope": scope, **how})


def desk_of(client, somebody):
    client.force_login(somebody)
    return assert_page(client.get("/desk/"))


def test_who_coordinates_reads_counts_and_not_one_line_for_each(client, edition, lidia, nives):
    for number in range(12):
        record(ApplicationStarted(edition.pk), by=person(f"P{number}"))
    record(CallExtended(edition.pk, NOW, NOW + DAY), by=lidia)

    page = desk_of(client, lidia)

    assert "13 persone hanno iniziato la candidatura" in page
    assert "/e/terza/cockpit/acts/?about=applications" in page
    assert "Il bando resta aperto" not in page  # she did it herself
    assert "Nives" not in page


def test_of_a_great_many_the_latest_are_counted_and_it_is_said_that_they_are_not_all(
    client, monkeypatch, edition, lidia, nives
):
    monkeypatch.setattr(counting, "MOST", 5)
    monkeypatch.setattr(counting, "_counts", prepared(counting._counts._write))
    for number in range(7):
        record(ApplicationStarted(edition.pk), by=person(f"P{number}"), at=NOW - number * HOUR)
    record(ClarificationAnswered(edition.pk, 1))

    page = desk_of(client, lidia)

    assert "5 persone hanno iniziato la candidatura, e non è tutto" in page
    assert "Una domanda ha avuto risposta" in page
    assert "risposta, e non" not in page


def test_it_counts_what_counting_one_by_one_comes_to(edition, lidia, nives):
    second = Edition.objects.create(slug="q", number=9, title="Quarta", scope="s4", created_at=NOW)
    for number in range(30):
        kind = (ApplicationStarted, SeatsChanged)[number % 2]
        payload = kind(edition.pk) if kind is ApplicationStarted else kind(edition.pk, 30, 31)
        record(
            payload,
            by=(lidia, nives, acts.SYSTEM)[number % 3],
            scope=("s3", "s4")[number % 4 > 1],
            audience=("public", "staff", "nobody-until-closed", "treasury")[number * 7 % 4],
            at=NOW - number * DAY / 5,
        )
    Role.objects.create(edition=second, person=nives, kind="reader", begins=NOW - 9 * DAY)
    Edition.objects.filter(pk=second.pk).update(ranking_closed_at=NOW)

    for somebody in (lidia, nives):
        since = NOW - 4 * DAY
        own = ActorCode.objects.filter(account_id=somebody.pk).values("code")
        told = acts.visible(Act.objects.filter(at__gt=since, at__lte=NOW), somebody, NOW).exclude(
            actor_code__in=own
        )
        one_by_one = Counter(told.filter(scope__in=("s3", "s4")).values_list("scope", "verb"))
        found = counting.counted(somebody, ("s3", "s4"), since, NOW)

        assert {(one.scope, one.verb): one.n for one in found} == one_by_one
        assert len(one_by_one) > 1
        assert [one.latest for one in found] == sorted((one.latest for one in found), reverse=True)
        assert not any(one.more for one in found)


def test_an_applicant_reads_what_is_public_and_nothing_of_the_staff(client, edition, lidia, nives):
    record(ClarificationAnswered(edition.pk, 1), by=lidia)
    record(ApplicationStarted(edition.pk), by=person("Altra"))

    page = desk_of(client, nives)

    assert "Una domanda ha avuto risposta" in page
    assert "iniziato la candidatura" not in page


def test_a_role_that_ended_is_not_remembered(client, memory, edition, nives):
    Role.objects.create(edition=edition, person=nives, kind="coordinator", begins=NOW - 9 * DAY)
    record(ApplicationStarted(edition.pk), by=person("Altra"))
    assert "ha iniziato la candidatura" in desk_of(client, nives)

    Role.objects.update(ends=NOW)

    assert "iniziato la candidatura" not in desk_of(client, nives)


@pytest.mark.parametrize("kind", ["teacher", "papers"])
def test_who_has_another_role_reads_what_is_public_too(client, edition, lidia, kind):
    somebody = with_role(edition, "Marta", kind)
    record(SeatsChanged(edition.pk, 30, 31), by=lidia)
    record(OfferMade(edition.pk, 1, 7, NOW))

    page = desk_of(client, somebody)

    assert "Il numero dei posti è cambiato" in page
    assert "offert" not in page


def test_an_administrator_reads_what_happens_to_the_house(client, edition, lidia):
    ottavio = person("Ottavio", is_administrator=True)
    record(SchoolChanged(), by=lidia, scope=acts.HOUSE)

    assert "Il nome o il segno della scuola" in desk_of(client, ottavio)
    assert "Il nome o il segno della scuola" not in desk_of(client, person("Ospite"))


def test_who_belongs_nowhere_has_no_news(client, edition, lidia):
    record(SeatsChanged(edition.pk, 30, 31), by=lidia)

    page = desk_of(client, person("Ospite"))

    assert "Niente da quando hai guardato" in page


def test_what_was_seen_is_no_news_any_more_and_what_comes_later_is(client, clock_at, edition, lidia, nives):
    record(SeatsChanged(edition.pk, 30, 31), by=lidia)
    assert "Il numero dei posti" in desk_of(client, nives)
    record(CallExtended(edition.pk, NOW, NOW + DAY), by=lidia, at=NOW + HOUR)
    clock_at(NOW + 2 * HOUR)

    # The page was true for NOW: what happened while it was read is still new.
    response = client.post("/desk/news/seen/", {"until": NOW.isoformat()}, follow=True)

    page = response.content.decode()
    assert "Il numero dei posti" not in page
    assert "Il bando resta aperto più a lungo" in page
    client.post("/desk/news/seen/", {"until": (NOW - DAY).isoformat()})
    assert "Il numero dei posti" not in client.get("/desk/").content.decode()


def test_a_notice_is_news_once_and_the_act_it_tells_of_is_not_said_again(
    client, edition, lidia, nives, monkeypatch
):
    monkeypatch.setattr(texts, "_texts", dict(texts._texts))
    texts.register("tested", title="Prova", subject="Ti diciamo una cosa", body="{name}")
    act = record(SeatsChanged(edition.pk, 30, 31), by=lidia)
    tell(nives, "tested", url="/e/terza/", at=NOW - HOUR, edition=edition, act=act)

    page = desk_of(client, nives)
    assert "Ti diciamo una cosa" in page
    assert "Il numero dei posti" not in page

    client.post("/desk/news/seen/", {"until": NOW.isoformat()})
    assert "Niente da quando hai guardato" in client.get("/desk/").content.decode()


def test_the_desk_is_bounded_in_lines_and_in_time(client, edition, lidia, nives):
    for kind in (SeatsChanged(edition.pk, 30, 31), ClarificationAnswered(edition.pk, 1)):
        record(kind, at=NOW - OLDEST - HOUR)
    marta = with_role(edition, "Marta", "teacher")
    Person.objects.filter(pk=marta.pk).update(joined=NOW - 99 * DAY)

    assert "Niente da quando hai guardato" in desk_of(client, marta)

    scopes = [f"x{number}" for number in range(SHOWN + 3)]
    for number, scope in enumerate(scopes):
        Edition.objects.create(slug=scope, number=number, title=scope, scope=scope, created_at=NOW)
        record(SeatsChanged(edition.pk, 30, 31), scope=scope)
    page = desk_of(client, person("Ottavio", is_administrator=True))
    assert page.count("Il numero dei posti") == SHOWN
    assert "C’è dell’altro" in page


def test_what_is_to_do_stands_above_what_is_new(client, edition, lidia, nives):
    record(SeatsChanged(edition.pk, 30, 31), by=lidia)

    page = desk_of(client, nives)

    assert page.index("Consegna la candidatura") < page.index("Che cosa c’è di nuovo")
    assert page.count('class="button"') == 1


def test_all_of_it_is_paged_and_says_which_is_new(client, edition, lidia, nives):
    for minute in range(35):
        record(SeatsChanged(edition.pk, 30, minute), by=lidia, at=NOW - DAY - timedelta(minutes=minute))
    Person.objects.filter(pk=nives.pk).update(news_seen_at=NOW - DAY - timedelta(minutes=10, seconds=30))
    client.force_login(nives)

    first = assert_page(client.get("/desk/news/"))

    assert first.count("Lidia: i posti") == 30
    assert first.count(">nuovo<") == 11
    assert client.get("/desk/news/?page=2").content.decode().count("Lidia: i posti") == 5


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_desk_costs_the_same_whatever_is_new(
    client, edition, lidia, nives, how_many, django_assert_max_num_queries
):
    School.objects.create(name="SQcuola", founded_at=NOW)
    for number in range(how_many):
        record(SeatsChanged(edition.pk, 30, number), by=lidia)
        record(ClarificationAnswered(edition.pk, number), by=lidia)
    for somebody in (nives, lidia):
        desk_of(client, somebody)
        with django_assert_max_num_queries(13):  # twelve, and the school's name, which tests do not cache
            client.get("/desk/")


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("", NOW),
        ("nonsense", NOW),
        ("2026-11-23T09:00:00", NOW),
        ("2026-11-23T10:00:00+01:00", NOW - HOUR),
        ("2036-11-23T10:00:00+01:00", NOW),
    ],
)
def test_a_page_says_until_when_it_was_true(typed, until):
    assert seen_until(typed, NOW) == until
