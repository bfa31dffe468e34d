"""Two accounts of one person become one: what becomes of their applications, and of what was recorded."""

from datetime import timedelta

import pytest
from django.db import transaction
from tests.pages import assert_page

from sqcuola.admissions import actions
from sqcuola.admissions.acts import ApplicationGaveWay, ApplicationMoved
from sqcuola.admissions.models import Application, Draft, LetterAnswer, Ranking
from sqcuola.admissions.tests.conftest import CLOSES, NOW, make_person, typed_for
from sqcuola.kernel import acts
from sqcuola.kernel.models import Act, Outgoing
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.people import merging
from sqcuola.people.models import Person
from sqcuola.people.tests.conftest import code_in, come_in
from sqcuola.questions import actions as taking

pytestmark = pytest.mark.django_db
TEST = CLOSES + timedelta(days=10)
AFTER = TEST + timedelta(hours=5)


@pytest.fixture
def old(db):
    """The other account of Nives."""
    return make_person("Nives.Rota")


def begun(edition, person, at=NOW):
    application = actions.begin(edition, by=person, at=at)
    for section, typed in typed_for(edition).items():
        actions.save_section(application, section=section, typed=typed, page="", version=0, by=person, at=at)
    return application


def handed_in(edition, person, at=NOW):
    application = begun(edition, person, at)
    actions.submit(application, by=person, at=at)
    application.refresh_from_db()
    return application


def join(old, nives, at=NOW):
    merging.merge(old, into=nives, by=nives, at=at)


def chain_is_whole():
    acts.seal(AFTER)
    return acts.verify() is None


def test_an_application_comes_over_with_all_that_hangs_on_it(edition, nives, old):
    application = handed_in(edition, old)
    acts.seal(NOW)
    before = list(Act.objects.order_by("pk").values("pk", "hash", "actor_code", "payload"))

    join(old, nives)

    application.refresh_from_db()
    assert application.person == nives
    assert LetterAnswer.objects.filter(application__person=nives).count() == 2
    assert Draft.objects.filter(application__person=nives).exists()
    moved = Act.objects.get(verb="application-moved")
    assert moved.payload == {"edition": edition.pk, "application": application.pk}
    assert moved.scope == edition.scope
    assert (
        list(Act.objects.filter(pk__lte=before[-1]["pk"]).order_by("pk").values(*before[0].keys())) == before
    )
    assert chain_is_whole()
    assert not Person.objects.filter(pk=old.pk).exists()


def test_two_that_count_are_refused_until_one_is_withdrawn(edition, nives, old):
    mine, theirs = handed_in(edition, nives), begun(edition, old)
    recorded = Act.objects.count()

    with pytest.raises(Refused, match=r"Classe III.*ithdraw|Classe III.*itira"):
        join(old, nives)

    assert (Application.objects.count(), Act.objects.count()) == (2, recorded)
    assert Person.objects.filter(pk=old.pk).exists()

    actions.withdraw(theirs, by=old, at=NOW)
    join(old, nives)

    assert list(Application.objects.all()) == [mine]
    assert Act.objects.get(verb="application-gave-way").payload["application"] == theirs.pk
    assert not Act.objects.filter(verb="application-moved").exists()
    assert chain_is_whole()


def test_the_one_that_counts_stays_also_where_it_is_the_others(edition, nives, old):
    mine, theirs = begun(edition, nives), handed_in(edition, old)
    actions.withdraw(mine, by=nives, at=NOW)

    join(old, nives)

    assert Application.objects.get().pk == theirs.pk
    assert Application.objects.get().person == nives


def test_what_was_left_unfinished_gives_way_once_the_call_has_closed(edition, nives, old):
    begun(edition, nives)
    theirs = handed_in(edition, old)

    join(old, nives, at=CLOSES)

    assert list(Application.objects.filter(person=nives)) == [theirs]


def test_of_two_that_count_for_nothing_the_one_handed_in_stays(edition, nives, old):
    mine, theirs = begun(edition, nives), handed_in(edition, old)
    actions.withdraw(mine, by=nives, at=NOW)
    actions.withdraw(theirs, by=old, at=NOW)

    join(old, nives)

    assert list(Application.objects.filter(person=nives)) == [theirs]


def sit(test, application):
    attempt = taking.start(
        test.blueprint,
        application.person,
        by=application.person,
        at=TEST,
        owner="admissions",
        thing=test.pk,
        scope=test.edition.scope,
        code=application.test_code,
    )
    return taking.hand_in(attempt, by=application.person, at=TEST + timedelta(minutes=9))


def test_a_place_a_seat_and_an_offer_go_with_the_person(edition, nives, old, other, lidia, test):
    for person in (old, other):
        sit(test, handed_in(edition, person))
    ranking = actions.close_ranking(edition, by=lidia, at=AFTER)
    application = Application.objects.get(person=old)

    join(old, nives, at=AFTER)

    offer = Application.objects.get(person=nives).offer
    assert offer.seat.holder == nives
    assert Application.objects.get(person=nives).line == application.line
    assert Ranking.objects.get().digest == ranking.digest
    actions.accept(offer, by=nives, at=AFTER)
    assert nives.memberships.count() == 1
    assert chain_is_whole()


def test_two_places_in_a_closed_ranking_are_never_one(edition, nives, old, lidia, test):
    for person in (old, nives):
        sit(test, handed_in(edition, person))
    actions.close_ranking(edition, by=lidia, at=AFTER)

    # The first to object is the room of seats; where only one of the two has a seat, it is this one.
    Application.objects.get(person=nives).offer.seat.delete()
    with pytest.raises(Refused, match=r"two places|due posti"):
        join(old, nives, at=AFTER)

    assert Person.objects.filter(pk=old.pk).exists()


def test_an_application_whose_test_was_taken_is_not_deleted(edition, nives, old, test):
    mine, theirs = handed_in(edition, nives), handed_in(edition, old)
    sit(test, theirs)
    actions.withdraw(theirs, by=old, at=TEST)

    with pytest.raises(Refused, match=edition.title):
        join(old, nives, at=AFTER)

    assert set(Application.objects.all()) == {mine, theirs}


def test_who_closed_a_ranking_and_decided_on_help_is_still_known(edition, nives, lidia, other, test):
    sit(test, handed_in(edition, other))
    actions.close_ranking(edition, by=lidia, at=AFTER)

    join(lidia, nives, at=AFTER)

    assert Ranking.objects.get().closed_by == nives


def test_nobody_but_the_owner_of_the_account_that_stays_joins(edition, nives, old, lidia):
    handed_in(edition, old)
    for by in (old, lidia):
        with pytest.raises(Missing), transaction.atomic():
            merging.merge(old, into=nives, by=by, at=NOW)
    assert Application.objects.get().person == old


class TestPages:
    def proved(self, browser, nives, old):
        come_in(browser, nives.email)
        browser.post("/me/join/", {"email": old.email})
        code = code_in(Outgoing.objects.filter(to=old.email).latest("pk"))
        return browser.post("/me/join/code/", {"code": code})

    def test_the_other_address_is_proved_before_anything_moves(self, client, clock_at, edition, nives, old):
        handed_in(edition, old)
        come_in(client, nives.email)
        client.post("/me/join/", {"email": old.email})

        assert client.post("/me/join/confirm/").url == "/me/join/"
        client.post("/me/join/code/", {"code": "000000x"})
        assert client.post("/me/join/confirm/").url == "/me/join/"
        assert Application.objects.get().person == old

        self.proved(client, nives, old)
        assert client.post("/me/join/confirm/").url == "/me/"
        assert Application.objects.get().person == nives

    def test_a_refusal_is_read_on_the_page_where_one_joins(self, client, clock_at, edition, nives, old):
        handed_in(edition, old)
        handed_in(edition, nives)
        self.proved(client, nives, old)

        answer = client.post("/me/join/confirm/")

        assert answer.status_code == 409
        assert edition.title in assert_page(answer, status=409)
        assert Application.objects.count() == 2


def test_what_is_recorded_names_nobody():
    assert set(ApplicationMoved.__dataclass_fields__) == {"edition", "application"}
    assert set(ApplicationGaveWay.__dataclass_fields__) == {"edition", "application"}
