from datetime import timedelta
from decimal import Decimal

import pytest

from sqcuola.admissions import actions, rules
from sqcuola.admissions.models import Application, Ranking, RankingLine
from sqcuola.admissions.queries.result import admitted_page
from sqcuola.admissions.queries.standing import standings
from sqcuola.admissions.tests.conftest import CLOSES, make_person
from sqcuola.kernel import ids
from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.questions import actions as test_actions
from sqcuola.questions.models import AttemptQuestion, Option

BEGINS = CLOSES + timedelta(days=10)
ENDS = BEGINS + timedelta(hours=3)
CLOSING = ENDS + timedelta(hours=2)
SECOND = timedelta(seconds=1)


def applicant(edition, name, *, cv=0, code=None):
    person = make_person(name)
    return Application.objects.create(
        edition=edition,
        person=person,
        code=code or name.upper()[:8],
        test_code=f"T{name.upper()}"[:10],
        shown_as="name",
        started_at=CLOSES - timedelta(days=5),
        submitted_at=CLOSES - timedelta(days=4),
        digest=ids.digest(name),
        cv_points=cv,
    )


def sit(application, test, right):
    """Let somebody take the test and answer so many questions as they should be answered."""
    attempt = test_actions.start(
        test.blueprint,
        application.person,
        at=BEGINS,
        by=application.person,
        minutes=test.minutes,
        owner="admissions",
        thing=test.pk,
        code=application.test_code,
        scope=test.edition.scope,
    )
    for seq, asked in enumerate(AttemptQuestion.objects.filter(attempt=attempt), start=1):
        options = Option.objects.filter(question=asked.question)
        chosen = options.get(share=1) if seq <= right else options.filter(share=0).first()
        test_actions.save_answer(
            attempt,
            device="uno",
            seq=seq,
            question=asked.question_id,
            value=str(chosen.pk),
            given=None,
            by=application.person,
            at=BEGINS + timedelta(minutes=seq),
        )
    return test_actions.hand_in(attempt, by=application.person, at=BEGINS + timedelta(minutes=20))


@pytest.fixture
def ranked(edition, test, lidia):
    """Four who handed in: two equal by the test and told apart by their CV, one lower, one who did not come."""
    for name, cv, right in (("Ada", 2, 4), ("Bice", 5, 4), ("Ciro", 0, 1)):
        sit(applicant(edition, name, cv=cv), test, right)
    applicant(edition, "Dina")
    return edition


def test_the_order_is_test_then_cv_and_says_what_decided(ranked):
    worked_out = standings(ranked, CLOSING)

    assert [(line.place, line.application.code, line.decided_by) for line in worked_out.lines] == [
        (1, "BICE", "cv"),
        (2, "ADA", "cv"),
        (3, "CIRO", "points"),
    ]
    assert [line.points for line in worked_out.lines] == [Decimal(4), Decimal(4), Decimal(1)]
    assert worked_out.absent == 1


def test_equals_in_everything_are_drawn_the_same_way_every_time(edition, test, lidia):
    for name in ("Ada", "Bice", "Ciro"):
        sit(applicant(edition, name), test, 2)

    first, second = standings(edition, CLOSING), standings(edition, CLOSING + timedelta(days=3))

    assert {line.decided_by for line in first.lines} == {"lot"}
    assert [line.application.code for line in first.lines] == [line.application.code for line in second.lines]
    assert [line.place for line in first.lines] == [1, 2, 3]


def test_closing_writes_what_was_worked_out_and_offers_the_seats(ranked, lidia):
    worked_out = standings(ranked, CLOSING)

    ranking = actions.close_ranking(ranked, by=lidia, at=CLOSING)

    lines = list(RankingLine.objects.filter(ranking=ranking).values_list("place", "application__code"))
    assert lines == [(line.place, line.application.code) for line in worked_out.lines]
    act = Act.objects.get(verb="ranking-closed")
    assert act.payload["digest"] == ranking.digest
    assert act.audience == "public"
    assert Act.objects.filter(verb="offer-made").count() == 2
    ranked.refresh_from_db()
    assert ranked.ranking_closed_at == CLOSING


def test_it_closes_once(ranked, lidia):
    actions.close_ranking(ranked, by=lidia, at=CLOSING)

    with pytest.raises(Refused):
        actions.close_ranking(ranked, by=lidia, at=CLOSING + SECOND)

    assert Ranking.objects.count() == 1


def test_it_cannot_close_while_somebody_may_still_begin_or_is_sitting(ranked, test, lidia):
    late = applicant(ranked, "Elio")
    assert not rules.may_close_ranking(lidia, ranked, ENDS - SECOND)
    test_actions.start(
        test.blueprint,
        late.person,
        at=ENDS - SECOND,
        by=late.person,
        minutes=40,
        owner="admissions",
        thing=test.pk,
        code=late.test_code,
        scope=ranked.scope,
    )

    assert not rules.may_close_ranking(lidia, ranked, ENDS + timedelta(minutes=30))
    assert rules.may_close_ranking(lidia, ranked, ENDS + timedelta(minutes=41))


def test_without_a_test_or_takers_there_is_nothing_to_rank(edition, test, lidia):
    assert not rules.may_close_ranking(lidia, edition, CLOSING)
    test.delete()
    assert not rules.may_close_ranking(lidia, edition, CLOSING)


def test_only_who_coordinates_closes(ranked, nives):
    with pytest.raises(Missing):
        actions.close_ranking(ranked, by=nives, at=CLOSING)


def test_who_withdrew_is_not_ranked(ranked, lidia):
    Application.objects.filter(code="BICE").update(withdrawn_at=CLOSING - SECOND)

    assert [line.application.code for line in standings(ranked, CLOSING).lines] == ["ADA", "CIRO"]


def test_who_withdraws_while_it_is_worked_out_is_not_written_into_it(ranked, lidia, monkeypatch):
    first = standings(ranked, CLOSING).lines[0].application

    def meanwhile(edition, at):
        worked_out = standings(edition, at)
        actions.withdraw(Application.objects.get(pk=first.pk), by=first.person, at=at)
        return worked_out

    monkeypatch.setattr("sqcuola.admissions.actions.ranking.standings", meanwhile)
    with pytest.raises(Refused, match="ritirat"):
        actions.close_ranking(ranked, by=lidia, at=CLOSING)
    assert not Ranking.objects.exists()

    monkeypatch.undo()
    actions.close_ranking(ranked, by=lidia, at=CLOSING)
    assert not RankingLine.objects.filter(application=first).exists()


def test_the_public_list_shows_who_has_a_seat_as_they_chose(ranked, lidia):
    Application.objects.filter(code="ADA").update(shown_as="code")
    actions.close_ranking(ranked, by=lidia, at=CLOSING)
    ranked.refresh_from_db()

    assert [one.shown for one in admitted_page(ranked, CLOSING).people] == ["Bice", "ADA"]

    later = CLOSING + timedelta(hours=72)
    assert admitted_page(ranked, later).people == []  # nobody answered: their time is over by the clock


def test_the_test_can_be_begun_within_its_hours_by_who_handed_in(edition, test):
    ada = applicant(edition, "Ada")
    unfinished = applicant(edition, "Bice")
    unfinished.submitted_at = None

    assert not rules.may_start_test(ada.person, ada, test, BEGINS - SECOND)
    assert rules.may_start_test(ada.person, ada, test, BEGINS)
    assert rules.may_start_test(ada.person, ada, test, ENDS - SECOND)
    assert not rules.may_start_test(ada.person, ada, test, ENDS)
    assert not rules.may_start_test(unfinished.person, unfinished, test, BEGINS)


def test_the_test_cannot_change_once_somebody_began(ranked, test, lidia):
    assert not rules.may_set_test(lidia, ranked, CLOSING)
