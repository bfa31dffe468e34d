"""Lists taken away as files: what the page shows, no formula, and an act that says who took how many rows."""

import csv
from datetime import UTC, datetime, timedelta

import pytest

from sqcuola.admissions.models import Application
from sqcuola.editions.models import Clarification, Edition, Role
from sqcuola.kernel import ids, lists
from sqcuola.kernel.models import Act
from sqcuola.people.models import Person, Profile

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock_stands(monkeypatch):
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: NOW)


@pytest.fixture
def edition(db):
    return Edition.objects.create(
        slug="terza", number=3, title="Classe III", scope="s3", published_at=NOW - 9 * DAY, created_at=NOW
    )


@pytest.fixture
def lidia(edition, client):
    lidia = Person.objects.create_user("lidia@example.org", "Lidia")
    Role.objects.create(edition=edition, person=lidia, kind="coordinator", begins=NOW - 9 * DAY)
    client.force_login(lidia)
    return lidia


def applicant(edition, name, **facts):
    number = Person.objects.count()
    person = Person.objects.create_user(f"p{number}@example.org", name)
    Profile.objects.create(person=person, town="Cantù")
    return Application.objects.create(
        edition=edition, person=person, code=ids.code(6), test_code=ids.code(10), started_at=NOW, **facts
    )


def taken(client, path, **typed):
    """Return the rows of a file and the act it left."""
    response = client.post(f"/e/terza/{path}", typed)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    body = b"".join(response.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(body.decode("utf-8-sig").splitlines()))
    return rows, Act.objects.get(verb="exported")


def test_applications_go_into_a_file_as_the_page_narrows_them(client, edition, lidia):
    applicant(edition, "=cmd|A1", submitted_at=NOW, digest="1" * 64)
    applicant(edition, "Nives", submitted_at=NOW, digest="2" * 64)
    applicant(edition, "Altra")

    rows, act = taken(client, "cockpit/applications/file/", state="submitted", q="cmd")

    assert rows[0] == ["nome", "città", "iniziata", "consegnata", "ritirata"]
    assert [(row[0], row[1], row[3]) for row in rows[1:]] == [("'=cmd|A1", "Cantù", "2026-11-23 11:00")]
    assert act.payload == {"edition": edition.pk, "list": "applications", "rows": 1}
    assert act.scope == "s3"


def test_the_file_of_applications_has_their_codes_once_the_ranking_is_closed(client, edition, lidia):
    applicant(edition, "Nives")
    edition.ranking_closed_at = NOW
    edition.save(update_fields=["ranking_closed_at"])

    rows, _act = taken(client, "cockpit/applications/file/")

    assert rows[0][:2] == ["nome", "codice"]
    assert rows[1][1]


def test_a_list_of_people_goes_into_a_file(client, edition, lidia):
    applicant(edition, "Nives")

    rows, act = taken(client, "write/unfinished/file/")

    assert [row[0] for row in rows[1:]] == ["Nives"]
    assert (act.payload["list"], act.payload["rows"]) == ("unfinished", 1)
    assert "chi non ha finito la candidatura" in client.get("/e/terza/cockpit/acts/").content.decode()


def test_a_list_of_people_goes_into_a_file_as_it_is_narrowed(client, edition, lidia):
    applicant(edition, "Nives")
    applicant(edition, "Altra")
    way = next(way for way in lists.named("unfinished").filters if way.options is None)

    rows, act = taken(client, "write/unfinished/file/", **{f"only-{way.key}": "Nives"})

    assert [row[0] for row in rows[1:]] == ["Nives"]
    assert act.payload["rows"] == 1


def test_questions_go_into_a_file_without_who_asked(client, edition, lidia):
    Clarification.objects.create(
        edition=edition, question="@Si paga?", email="canary@example.org", asked_at=NOW
    )

    rows, _act = taken(client, "settings/questions/file/")

    assert rows[1] == ["'@Si paga?", "2026-11-23 11:00", "", ""]
    assert "canary" not in str(rows)


def test_a_ranking_that_is_not_closed_goes_into_a_file_by_code_alone(client, edition, lidia):
    applicant(edition, "Canary", submitted_at=NOW, digest="1" * 64)

    rows, act = taken(client, "ranking/file/")

    assert rows == [["posto", "codice", "nome", "prova", "CV", "deciso da", "offerta"]]
    assert act.payload["rows"] == 0


@pytest.mark.parametrize(
    "path",
    ["cockpit/applications/file/", "write/unfinished/file/", "settings/questions/file/", "ranking/file/"],
)
def test_who_does_not_coordinate_takes_nothing_and_leaves_no_act(client, edition, lidia, path):
    client.force_login(Person.objects.create_user("ospite@example.org", "Ospite"))

    assert client.post(f"/e/terza/{path}").status_code == 404
    client.force_login(lidia)
    assert client.get(f"/e/terza/{path}").status_code == 405
    assert not Act.objects.filter(verb="exported").exists()
