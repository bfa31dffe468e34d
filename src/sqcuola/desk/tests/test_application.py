"""One application, for who coordinates: how far it is, what happened; nothing that leads from a name to a code, or to a need."""

import html
import re

import pytest
from django.db import transaction
from tests.pages import assert_page

from sqcuola.admissions import actions
from sqcuola.admissions.acts import AccommodationPapersDeleted
from sqcuola.admissions.models import Accommodation, CvItem, Draft
from sqcuola.desk.tests.test_desk import DAY, NOW, clock_at, edition, enter, fill, lidia, nives
from sqcuola.editions.models import Role
from sqcuola.kernel import acts
from sqcuola.people.models import Person

__all__ = ["clock_at", "edition", "lidia", "nives"]
LIST = "/e/terza/cockpit/applications/"


@pytest.fixture
def mine(edition, nives):
    CvItem.objects.create(edition=edition, position=1, words_it="Un blog", each=1, most=2)
    mine = actions.begin(edition, by=nives, at=NOW - DAY)
    for section in ("about", "cv", "help"):
        Draft.objects.update_or_create(
            application=mine,
            section=section,
            defaults={"typed": {"name": "CANARY"}, "version": 1, "saved_at": NOW - DAY},
        )
    Accommodation.objects.create(application=mine, wanted="CANARY", asked_at=NOW)
    return mine


def hand_in(mine):
    mine.submitted_at, mine.digest = NOW, "1" * 64
    mine.save(update_fields=["submitted_at", "digest"])


def test_a_name_in_the_list_leads_to_its_application(client, clock_at, lidia, mine):
    page = assert_page(enter(client, lidia).get(LIST))
    assert f'href="{LIST}{mine.pk}/"' in page

    page = assert_page(client.get(f"{LIST}{mine.pk}/"))

    assert "La candidatura di Nives Rota non è finita" in page
    assert "Chi è" in page
    assert "domenica 22 novembre, 11:00" in page
    assert "Nives Rota ha iniziato una candidatura" in page
    assert f"write/unfinished/?only-words=Nives%20Rota&amp;one={mine.person_id}" in page


@pytest.mark.parametrize(("name", "others"), [("Nives Rota", "Nives Rotari"), ("", "Pia Conti")])
def test_who_is_called_alike_gets_no_letter_meant_for_one(
    client, clock_at, edition, lidia, mine, name, others
):
    other = Person.objects.create_user("other@example.org", others)
    actions.begin(edition, by=other, at=NOW - DAY)
    Person.objects.filter(pk=mine.person_id).update(name=name)
    page = assert_page(enter(client, lidia).get(f"{LIST}{mine.pk}/"))
    there = html.unescape(re.search(r'href="(/e/terza/write/[^"]+)"', page)[1])

    page = assert_page(client.get(there))

    assert "Scrivi a <mark>una persona</mark>" in page
    assert re.findall(r'name="to" value="(\d+)" form="letter" checked', page) == [str(mine.person_id)]


def test_nothing_leads_from_the_name_to_a_code_before_the_ranking_is_closed(client, clock_at, lidia, mine):
    hand_in(mine)

    page = assert_page(enter(client, lidia).get(f"{LIST}{mine.pk}/"))

    assert "è consegnata" in page
    assert "Che cosa ha fatto" not in page
    assert "a graduatoria chiusa" in page
    assert not any(word in page for word in (mine.code, mine.test_code, "CANARY", "ranking/"))


def test_once_it_is_closed_the_code_and_the_claims_are_there_and_help_never(
    client, clock_at, edition, lidia, mine
):
    hand_in(mine)
    edition.ranking_closed_at = NOW - DAY
    edition.save()

    page = assert_page(enter(client, lidia).get(f"{LIST}{mine.pk}/"))

    assert f"<code>{mine.code}</code>" in page
    assert f"/e/terza/ranking/{mine.code}/" in page
    assert "Che cosa ha fatto" in page
    assert "CANARY" not in page


def test_nobody_reads_there_that_papers_of_a_request_for_help_were_deleted(
    client, clock_at, edition, lidia, mine
):
    with transaction.atomic():
        acts.record(
            AccommodationPapersDeleted(edition=edition.pk),
            by=acts.SYSTEM,
            at=NOW - DAY,
            scope=edition.scope,
            subject=mine.person,
        )
    enter(client, lidia)

    assert "i documenti di una richiesta di aiuto" in assert_page(client.get("/e/terza/cockpit/acts/"))
    page = assert_page(client.get(f"{LIST}{mine.pk}/"))
    assert "ha iniziato una candidatura" in page
    assert "richiesta di aiuto" not in page


def test_who_teaches_is_told_who_may_and_others_find_nothing(client, clock_at, edition, nives, mine):
    marta = Person.objects.create_user("marta@example.org", "Marta")
    Role.objects.create(edition=edition, person=marta, kind="teacher", begins=NOW - DAY)

    assert enter(client, marta).get(f"{LIST}{mine.pk}/").status_code == 403
    assert enter(client, nives).get(f"{LIST}{mine.pk}/").status_code == 404


def test_an_application_of_another_edition_is_not_here(client, clock_at, lidia, mine):
    assert enter(client, lidia).get(f"{LIST}{mine.pk + 99}/").status_code == 404


def test_the_title_of_the_list_says_what_is_seen_of_all(client, clock_at, edition, lidia):
    fill(edition, 6)
    enter(client, lidia)

    assert "6 candidature" in assert_page(client.get(LIST))
    assert "2 di 6 candidature" in assert_page(client.get(LIST, {"state": "unfinished"}))
    assert "1 di 6 candidature" in assert_page(client.get(LIST, {"q": "Persona 5"}))
