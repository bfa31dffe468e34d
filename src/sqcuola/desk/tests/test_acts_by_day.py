"""When somebody sat for the test is told by its day alone: the time between two acts would say who was given more of it."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from tests.pages import assert_page

from sqcuola.admissions import actions
from sqcuola.editions.acts import CallExtended
from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.kernel import acts
from sqcuola.kernel.acts import Act
from sqcuola.people.models import Person
from sqcuola.questions.acts import AttemptHandedIn, AttemptStarted, AttemptTimedOut

NOW = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)  # 20:30 in Rome
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LISTS = ("/e/terza/cockpit/acts/", "/e/terza/cockpit/acts/?about=test", "/desk/news/", "/e/terza/cockpit/")
SAT = ("iniziato la prova", "consegnato la prova", "Tempo scaduto per")


@pytest.fixture(autouse=True)
def clock_stands(monkeypatch):
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: NOW)


@pytest.fixture
def edition(db):
    edition = Edition.objects.create(
        slug="terza", number=3, title="Classe III", scope="s3", published_at=NOW - 9 * DAY, created_at=NOW
    )
    Phase.objects.create(edition=edition, kind="call", begins=NOW - 9 * DAY, ends=NOW + 7 * DAY)
    return edition


@pytest.fixture
def lidia(edition, client):
    lidia = Person.objects.create_user("lidia@example.org", "Lidia", joined=NOW - 20 * DAY)
    Role.objects.create(edition=edition, person=lidia, kind="coordinator", begins=NOW - 9 * DAY)
    client.force_login(lidia)
    return lidia


def person(name):
    return Person.objects.create_user(f"{name.split()[0].lower()}@example.org", name)


def record(payload, at, **how):
    with transaction.atomic():
        return acts.record(payload, **{"by": acts.SYSTEM, "at": at, "scope": "s3", **how})


def sat(number, who, began, ended):
    over = AttemptTimedOut if number % 3 == 0 else AttemptHandedIn
    record(AttemptStarted(attempt=number, blueprint=1), began, subject=who)
    record(over(attempt=number, answered=number), ended, subject=who)


def lines(page):
    rows = re.findall(r"<li\b[^>]*>(.*?)</li>", page, re.DOTALL)
    return [html.unescape(" ".join(re.sub(r"<[^>]+>", " ", row).split())) for row in rows]


def test_wherever_acts_are_read_a_test_has_its_day_and_no_hour(client, edition, lidia):
    nives = person("Nives Rota")
    sat(1, nives, NOW - 8 * HOUR, NOW - 6 * HOUR)
    sat(3, person("Pia Conti"), NOW - DAY - 8 * HOUR, NOW - DAY - 6 * HOUR)
    record(CallExtended(edition.pk, NOW, NOW + DAY), NOW - 30 * HOUR)

    for url in LISTS:
        told = [row for row in lines(assert_page(client.get(url))) if any(word in row for word in SAT)]
        assert len(told) >= 4 or url.endswith("cockpit/"), url
        assert told, url
        assert [row for row in told if re.search(r"\d\d:\d\d|\d\d\.\d\d", row)] == [], url

    said = " ".join(lines(client.get("/desk/news/").content.decode()))
    assert "ieri" in said
    assert "oggi" in said


def test_nor_on_the_page_of_an_application(client, edition, lidia):
    nives = person("Nives Rota")
    mine = actions.begin(edition, by=nives, at=NOW - 2 * DAY)
    sat(1, nives, NOW - 8 * HOUR, NOW - 6 * HOUR)

    page = assert_page(client.get(f"/e/terza/cockpit/applications/{mine.pk}/"))

    told = [row for row in lines(page) if any(word in row for word in SAT)]
    assert sorted(row.split(" · ")[0] for row in told) == ["oggi", "oggi"]
    assert not {"12:30", "14:30"} & set(re.findall(r"\d\d:\d\d", page))  # what the clock of Rome said


def test_the_line_that_counts_them_has_no_hour(client, edition, lidia):
    sat(1, person("Nives Rota"), NOW - 8 * HOUR, NOW - 6 * HOUR)

    [told] = [row for row in lines(client.get("/desk/").content.decode()) if "consegnato la prova" in row]

    assert told.endswith("oggi")


@pytest.mark.parametrize("url", ["/e/terza/cockpit/acts/", "/desk/news/"])
def test_their_place_tells_nothing_either_on_whatever_page_they_stand(client, edition, lidia, url):
    pia = person("Pia Conti")
    between = NOW - 7 * HOUR
    record(CallExtended(edition.pk, NOW, NOW + DAY), between)
    for number in range(1, 25):
        sat(number, pia, NOW - 8 * HOUR + timedelta(minutes=number), NOW - 5 * HOUR)
    record(CallExtended(edition.pk, NOW, NOW + DAY), NOW - 4 * HOUR)
    record(CallExtended(edition.pk, NOW, NOW + DAY), NOW - DAY)

    rows = [row for number in (1, 2) for row in lines(client.get(f"{url}?page={number}").content.decode())]
    kinds = ["test" if any(word in row for word in SAT) else "call" for row in rows]
    about = [kind for kind, row in zip(kinds, rows, strict=True) if kind == "test" or "prorogato" in row]

    assert about == ["call", "call", *["test"] * 48, "call"]
    begun = ["iniziato" in row for row in rows if any(word in row for word in SAT)]
    assert begun != sorted(begun)  # in the order of their instants, those who began would all stand last


def test_what_is_kept_has_its_instant_and_the_chain_holds(edition, lidia):
    sat(1, person("Nives Rota"), NOW - 8 * HOUR, NOW - 6 * HOUR)
    acts.seal(NOW)

    assert list(Act.objects.order_by("id").values_list("at", flat=True)) == [NOW - 8 * HOUR, NOW - 6 * HOUR]
    assert acts.verify() is None
