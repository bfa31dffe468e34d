"""People are told how their selection goes: in the edition's words, each thing once."""

from datetime import timedelta

import pytest
from django.conf import settings

from sqcuola.admissions import actions, jobs, models, telling, texts
from sqcuola.admissions.models import Accommodation, Application, Offer, Ranking
from sqcuola.admissions.tests.conftest import CLOSES, NOW
from sqcuola.admissions.tests.test_applying import fill
from sqcuola.admissions.tests.test_offering import AT, HOUR, rank
from sqcuola.admissions.tests.test_ranking import CLOSING, applicant, sit
from sqcuola.editions import actions as editions
from sqcuola.editions.models import Phase
from sqcuola.kernel import working
from sqcuola.kernel.models import Act, Outgoing
from sqcuola.notices.models import EditedText, Notice
from sqcuola.people.models import Person

DAY = timedelta(days=1)


def told(kind):
    """Return who was told something, by name and in order."""
    notices = Notice.objects.filter(kind=kind).order_by("person__name")
    return [notice.person.name for notice in notices]


def newest(person):
    return Outgoing.objects.filter(to=person.email).latest("pk")


@pytest.fixture
def handed_in(edition, nives):
    application = actions.begin(edition, by=nives, at=NOW)
    fill(application, nives)
    return actions.submit(application, by=nives, at=NOW)


class TestTheCall:
    def test_a_receipt_carries_code_hour_and_the_end_of_the_chain(self, handed_in, nives):
        actions.submit(handed_in, by=nives, at=NOW)

        letter = Outgoing.objects.get()
        assert letter.to == "nives@example.org"
        assert handed_in.code in letter.subject
        for words in (handed_in.test_code, handed_in.head[:16], "11:00:00", "/e/terza/apply/"):
            assert words in letter.text

    def test_it_is_said_in_the_editions_own_words(self, edition, nives):
        EditedText.objects.create(
            edition=edition, key=texts.RECEIPT, language="it", subject="Eccola: {code}",
            body="Bella, {name}. {test_code} {fingerprint} {head}", edited_at=NOW,
        )  # fmt: skip
        application = actions.begin(edition, by=nives, at=NOW)
        fill(application, nives)
        application = actions.submit(application, by=nives, at=NOW)

        letter = Outgoing.objects.get()
        assert letter.subject == f"Eccola: {application.code}"
        assert letter.text.startswith(f"Bella, Nives Rota. {application.test_code}")

    def test_withdrawing_is_confirmed(self, handed_in, nives):
        actions.withdraw(handed_in, by=nives, at=NOW + HOUR)

        assert told(texts.WITHDRAWN) == ["Nives Rota"]

    def test_a_longer_call_is_told_to_whoever_began_and_not_to_who_withdrew(
        self, edition, nives, other, lidia
    ):
        actions.begin(edition, by=nives, at=NOW)
        gone = actions.begin(edition, by=other, at=NOW)
        actions.withdraw(gone, by=other, at=NOW)
        editions.extend_call(edition, ends=CLOSES + 3 * DAY, reason="Il modulo era giù.", by=lidia, at=NOW)
        working.run_due(NOW)
        telling.changed(Act.objects.get(verb="call-extended"))

        assert told("editions.extended") == ["Nives"]
        letter = newest(nives)
        assert "fino a giovedì 3 dicembre 2026, 23:59" in letter.subject
        assert "Perché: Il modulo era giù." in letter.text
        assert "/e/terza/apply/" in letter.text

    def test_called_off_and_put_off_reach_each_once_though_two_rooms_tell(
        self, edition, nives, other, lidia, handed_in
    ):
        editions.give_role(edition, other, "teacher", by=lidia, at=NOW)
        editions.give_role(edition, nives, "tutor", by=lidia, at=NOW)
        editions.postpone(edition, days=7, reason="La sala non è pronta.", by=lidia, at=NOW)
        editions.cancel(edition, reason="Nessuna sala.", by=lidia, at=NOW)
        working.run_due(NOW)

        assert told("editions.postponed") == told("editions.called-off") == ["Nives Rota", "Oreste"]
        postponed = Outgoing.objects.get(to=other.email, subject__contains="rinviata")
        assert postponed.subject == "Classe III è rinviata di 7 giorni"
        assert newest(other).subject == "Classe III è annullata"

    def test_what_is_changed_before_anybody_knows_is_told_to_nobody(self, edition, nives, lidia, handed_in):
        edition.published_at = None
        edition.save(update_fields=["published_at"])
        editions.postpone(edition, days=7, reason="", by=lidia, at=NOW)
        working.run_due(NOW)

        assert told("editions.postponed") == []


def test_help_is_told_to_be_decided_and_not_what_it_is(edition, handed_in, lidia):
    editions.give_role(edition, lidia, "papers", by=lidia, at=NOW)
    asked = Accommodation.objects.create(application=handed_in, wanted="DSA", asked_at=NOW)
    actions.decide(asked, percent=50, aids="sintesi vocale", by=lidia, at=NOW)

    notice = Notice.objects.get(kind=texts.HELP_DECIDED)
    letter = newest(handed_in.person)
    assert set(notice.data) == {"contact"}
    assert "sintesi" not in letter.text + letter.subject
    assert "/e/terza/test/" in letter.text
    assert "/e/terza/questions/" in letter.text


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({}, f"Lidia, {settings.SITE_URL}/e/terza/questions/"),
        ({"contact_name": "La segreteria", "contact_phone": "0521 000 000"}, "La segreteria, 0521 000 000"),
    ],
)
def test_a_receipt_says_whom_to_ask_for_help(edition, nives, lidia, own, said):
    editions.describe(edition, own, by=lidia, at=NOW)
    application = actions.begin(edition, by=nives, at=NOW)
    fill(application, nives)
    actions.submit(application, by=nives, at=NOW)
    assert f"Se ti serve aiuto: {said}\n" in newest(nives).text


class TestTheTestIsNear:
    @pytest.fixture
    def eve(self, test):
        return test.begins - DAY

    def test_who_is_to_sit_it_is_reminded_once_the_day_before(
        self, monkeypatch, edition, handed_in, other, test, eve
    ):
        monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: NOW)
        actions.begin(edition, by=other, at=NOW)  # and never hands in
        jobs.remind_of_tests(eve - timedelta(seconds=1))
        assert told(texts.TEST_NEAR) == []
        jobs.remind_of_tests(eve)
        models.Test.objects.update(told_of=None)  # the job broke off before it could write that it was done
        jobs.remind_of_tests(eve + HOUR)

        assert told(texts.TEST_NEAR) == ["Nives Rota"]
        letter = newest(handed_in.person)
        assert letter.subject == "La prova di «Classe III» apre venerdì 11 dicembre, 00:00"
        for words in (handed_in.test_code, "fino a venerdì 11 dicembre, 03:00", "/e/terza/test/"):
            assert words in " ".join(letter.text.split())

    def test_a_job_that_is_done_asks_no_more(self, handed_in, eve, django_assert_num_queries):
        jobs.remind_of_tests(eve)
        with django_assert_num_queries(1):
            jobs.remind_of_tests(eve + HOUR)

    def test_moved_it_is_another_test_to_be_reminded_of(self, handed_in, test, eve):
        jobs.remind_of_tests(eve)
        models.Test.objects.update(begins=test.begins + DAY, ends=test.ends + DAY)
        jobs.remind_of_tests(eve + DAY)

        assert told(texts.TEST_NEAR) == ["Nives Rota"] * 2

    @pytest.mark.parametrize("why", ["withdrawn", "called off", "begun"])
    def test_nobody_is_reminded_of_what_is_not_to_come(self, edition, handed_in, lidia, test, eve, why):
        if why == "withdrawn":
            actions.withdraw(handed_in, by=handed_in.person, at=NOW)
        elif why == "called off":
            editions.cancel(edition, reason="Nessuna sala.", by=lidia, at=NOW)
        jobs.remind_of_tests(test.begins if why == "begun" else eve)

        assert told(texts.TEST_NEAR) == []


class TestOffers:
    @pytest.fixture
    def closed(self, edition, test, lidia):
        for name, right in (("Ada", 4), ("Bice", 3), ("Ciro", 1)):
            sit(applicant(edition, name), test, right)
        actions.close_ranking(edition, by=lidia, at=CLOSING)
        working.run_due(CLOSING)
        return {person.name: person for person in Person.objects.all()}

    def test_who_is_offered_a_seat_and_who_waits_are_each_told_once(self, closed):
        telling.ranked(Act.objects.get(verb="ranking-closed"))
        for act in Act.objects.filter(verb="offer-made"):
            telling.offered(act)

        assert told(texts.OFFER) == ["Ada", "Bice"]
        assert told(texts.RANKED) == ["Ciro"]
        assert "posto 1" in Outgoing.objects.get(to="ada@example.org").text
        assert Outgoing.objects.count() == 3

    def test_who_waited_reads_that_a_seat_has_become_free(self, closed):
        later = CLOSING + HOUR
        actions.decline(Offer.objects.get(application__person=closed["Ada"]), by=closed["Ada"], at=later)
        working.run_due(later)

        assert told(texts.CALLED_UP) == ["Ciro"]
        assert newest(closed["Ciro"]).subject.startswith("Si è liberato un posto per te in «Classe III»")

    def test_taking_a_seat_is_confirmed(self, closed):
        actions.accept(Offer.objects.get(application__person=closed["Ada"]), by=closed["Ada"], at=CLOSING)
        working.run_due(CLOSING)

        assert told(texts.ACCEPTED) == ["Ada"]
        assert "/e/terza/class/" in newest(closed["Ada"]).text

    def test_an_offer_that_ran_out_is_told(self, closed):
        over = CLOSING + 4 * DAY
        working.run_due(over)

        assert told(texts.EXPIRED) == ["Ada", "Bice"]
        assert told(texts.CALLED_UP) == ["Ciro"]

    def test_an_offer_is_not_told_when_its_time_is_over(self, edition, test, lidia):
        sit(applicant(edition, "Ada"), test, 4)
        actions.close_ranking(edition, by=lidia, at=CLOSING)
        working.run_due(CLOSING + 9 * DAY)

        assert told(texts.OFFER) == []
        assert told(texts.EXPIRED) == ["Ada"]


class TestTheLineEnds:
    @pytest.fixture
    def begins(self, edition):
        begins = AT + 60 * HOUR
        Phase.objects.create(edition=edition, kind=Phase.Kind.CLASS, begins=begins, ends=begins + 90 * DAY)
        return begins

    @pytest.fixture
    def people(self, edition):
        return rank(edition, 5)

    def test_who_still_waits_is_told_once_when_the_class_begins(self, edition, people, begins):
        actions.call_up(edition, by=None, at=AT)
        for person in people[:2]:
            actions.accept(Offer.objects.get(application__person=person), by=person, at=AT)
        jobs.end_lines(begins - timedelta(seconds=1))
        assert Ranking.objects.get().line_ended_at is None

        for minutes in (0, 10, 20, 600):
            working.run_due(begins + timedelta(minutes=minutes))

        assert told(texts.LINE_ENDED) == ["P3", "P4", "P5"]
        assert Ranking.objects.get().line_ended_at == begins
        assert Act.objects.get(verb="waiting-list-ended").payload["waiting"] == 3
        mails = Outgoing.objects.filter(subject="La lista d’attesa di «Classe III» è chiusa")
        assert mails.count() == 3

    def test_told_again_by_a_job_that_runs_twice_they_hear_it_once(self, people, begins):
        working.run_due(begins)
        telling.line_ended(Act.objects.get(verb="waiting-list-ended"))

        assert len(told(texts.LINE_ENDED)) == 5

    def test_who_withdrew_is_not_told(self, edition, people, begins):
        Application.objects.filter(person=people[0]).update(withdrawn_at=AT)
        working.run_due(begins)

        assert told(texts.LINE_ENDED) == ["P2", "P3", "P4", "P5"]

    def test_nobody_is_told_that_of_an_edition_that_was_called_off(self, edition, people, begins):
        edition.cancelled_at = AT
        edition.save(update_fields=["cancelled_at"])
        working.run_due(begins)

        assert not actions.end_line(edition, at=begins)
        assert told(texts.LINE_ENDED) == []

    def test_a_wait_that_ended_long_ago_is_noted_and_told_to_nobody(self, people, begins):
        working.run_due(begins + telling.STALE)

        assert Ranking.objects.get().line_ended_at is not None
        assert told(texts.LINE_ENDED) == []
