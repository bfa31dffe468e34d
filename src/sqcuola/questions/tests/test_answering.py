"""What is acknowledged is there, what is newer counts, what is late is refused."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connections, transaction

from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.questions import actions, queries
from sqcuola.questions.actions import answering
from sqcuola.questions.models import AnswerEntry, Attempt

from .conftest import NOW, right, save, wrong

SECOND = timedelta(seconds=1)


@pytest.fixture
def first(attempt):
    return attempt.questions.get(place=1).question_id


def test_a_program_does_not_fill_the_log(attempt, first, monkeypatch):
    monkeypatch.setattr(answering, "MOST_ENTRIES", 3)
    for number in range(3):
        save(attempt, first, (right, wrong)[number % 2](first), seq=number)
    with pytest.raises(Refused, match="migliaia di volte"):
        save(attempt, first, wrong(first), device="due")
    assert save(attempt, first, right(first), seq=2).again

    actions.hand_in(attempt, by=attempt.person, at=NOW + SECOND)
    assert queries.given(attempt).values == {first: right(first)}
    assert attempt.how == Attempt.How.HANDED_IN


def test_an_answer_stands_in_the_log_and_counts(attempt, first):
    saved = save(attempt, first, right(first), at=NOW + SECOND)
    assert AnswerEntry.objects.get() == saved.entry
    assert (saved.again, saved.entry.received, saved.entry.given) == (False, NOW + SECOND, NOW + SECOND)
    result = queries.result(attempt)
    assert (result.points, result.most, result.asked, result.answered, result.right) == (1, 5, 5, 1, 1)


def test_sent_twice_stands_once(attempt, first):
    save(attempt, first, right(first))
    assert save(attempt, first, right(first), at=NOW + SECOND).again
    assert AnswerEntry.objects.count() == 1


def test_other_words_under_a_used_number_are_kept(attempt, first):
    save(attempt, first, right(first))
    saved = save(attempt, first, wrong(first), at=NOW + SECOND)
    assert (saved.again, saved.entry.seq) == (False, 2)
    assert queries.result(attempt).points == 0


def test_an_older_answer_that_arrives_later_does_not_win(attempt, first):
    phone = NOW + 10 * SECOND
    save(attempt, first, right(first), device="telefono", at=NOW + 60 * SECOND, given=NOW + 50 * SECOND)
    save(attempt, first, wrong(first), device="computer", at=NOW + 70 * SECOND, given=phone)
    assert queries.result(attempt).points == 1


def test_a_device_speaks_in_its_own_order_whatever_its_clock_and_the_line_do(attempt, first):
    save(attempt, first, right(first), seq=2, given=NOW + 5 * SECOND, at=NOW + 30 * SECOND)
    save(attempt, first, wrong(first), seq=1, given=NOW + 20 * SECOND, at=NOW + 31 * SECOND)
    assert queries.result(attempt).points == 1


def test_a_clock_that_runs_ahead_wins_nothing(attempt, first):
    save(attempt, first, wrong(first), device="avanti", given=NOW + timedelta(hours=5), at=NOW + SECOND)
    save(attempt, first, right(first), device="giusto", given=NOW + 3 * SECOND, at=NOW + 3 * SECOND)
    assert queries.result(attempt).points == 1
    assert AnswerEntry.objects.get(device="avanti").given == NOW + SECOND


def test_an_answer_can_be_taken_back(attempt, first):
    save(attempt, first, right(first))
    save(attempt, first, "", seq=2, at=NOW + SECOND)
    assert queries.result(attempt).answered == 0


def test_the_deadline_refuses_at_its_first_instant_and_says_so(attempt, first):
    last = attempt.deadline - timedelta(microseconds=1)
    save(attempt, first, right(first), at=last)
    with pytest.raises(Refused, match="10:40:00"):
        save(attempt, first, wrong(first), seq=2, at=attempt.deadline, given=last)
    assert queries.result(attempt).points == 1


def test_nobody_answers_for_another(attempt, first, oreste):
    with pytest.raises(Missing):
        save(attempt, first, right(first), by=oreste)
    assert not AnswerEntry.objects.exists()


def test_only_what_was_asked_and_offered(attempt, first, ask):
    strange = ask("Mai chiesta", {"text": "x", "share": 1})
    other = attempt.questions.get(place=2).question_id
    for question, value in [
        (strange.pk, right(strange)),
        (first, right(other)),
        (first, "abc"),
        (first, "-1"),
        (first, f"{right(first)},{wrong(first)}"),
        (first, "9" * 40),
    ]:
        with pytest.raises(Refused):
            save(attempt, question, value)
    assert not AnswerEntry.objects.exists()


def test_what_is_to_be_looked_at_again_is_known_to_another_device(attempt, first):
    for seq, wanted in enumerate([True, False, True], start=1):
        actions.mark_for_review(
            attempt,
            device="uno",
            seq=seq,
            question=first,
            wanted=wanted,
            by=attempt.person,
            at=NOW + seq * SECOND,
        )
    given = queries.given(attempt)
    assert (given.review, given.answered()) == ({first}, 0)


def test_handed_in_is_handed_in_once_and_closes(attempt, first):
    save(attempt, first, right(first))
    at = NOW + timedelta(minutes=5)
    actions.hand_in(attempt, by=attempt.person, at=at)
    actions.hand_in(Attempt.objects.get(), by=attempt.person, at=at + SECOND)
    assert (attempt.ended_at, attempt.how) == (at, "handed-in")
    with pytest.raises(Refused, match="consegnato"):
        save(attempt, first, wrong(first), seq=3, at=at + SECOND)
    stale = Attempt.objects.get()
    stale.ended_at, stale.how = None, ""  # a page that was loaded before
    with pytest.raises(Refused):
        save(stale, first, wrong(first), seq=3, at=at + SECOND)
    assert queries.result(attempt).points == 1
    handed = Act.objects.get(verb="attempt-handed-in")
    assert handed.payload == {"attempt": attempt.pk, "answered": 1}


def test_an_answer_sent_again_after_handing_in_is_acknowledged_since_it_stands(attempt, first):
    save(attempt, first, right(first))
    stale = Attempt.objects.get()
    actions.hand_in(attempt, by=attempt.person, at=NOW + SECOND)
    assert save(stale, first, right(first), at=NOW + 2 * SECOND).again


def test_time_up_is_an_entry_of_the_log_and_nothing_hangs_on_when_it_is_written(
    attempt, first, oreste, blueprint
):
    save(attempt, first, right(first))
    handed = actions.start(blueprint, oreste, at=NOW, by=oreste)
    actions.hand_in(handed, by=oreste, at=NOW + SECOND)
    assert actions.end_what_ran_out(attempt.deadline + 29 * SECOND) == 0
    assert actions.end_what_ran_out(attempt.deadline + timedelta(hours=3)) == 1
    assert actions.end_what_ran_out(attempt.deadline + timedelta(hours=4)) == 0
    attempt.refresh_from_db()
    assert (attempt.ended_at, attempt.how) == (attempt.deadline, "time-up")
    assert AnswerEntry.objects.get(attempt=attempt.pk, kind="time-up").given == attempt.deadline
    assert Act.objects.get(verb="attempt-timed-out").payload == {"attempt": attempt.pk, "answered": 1}


def test_what_arrived_in_time_is_taken_though_the_database_was_slow(attempt, first):
    arrived = attempt.deadline - SECOND
    actions.end_what_ran_out(
        attempt.deadline + 20 * SECOND
    )  # while the answer waits for its turn to be written
    assert save(attempt, first, right(first), at=arrived).entry.received == arrived


def test_what_the_log_says_is_repeated_after_a_crash_between_the_two(attempt, first, monkeypatch):
    from sqcuola.questions.actions import ending

    with monkeypatch.context() as patch:
        patch.setattr(ending, "settle", lambda _attempts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.hand_in(attempt, by=attempt.person, at=NOW + SECOND)
    assert Attempt.objects.get().ended_at is None
    with pytest.raises(Refused, match="consegnato"):
        save(Attempt.objects.get(), first, right(first), at=NOW + 2 * SECOND)
    actions.end_what_ran_out(attempt.deadline + timedelta(minutes=1))
    assert (Attempt.objects.get().how, Attempt.objects.get().ended_at) == ("handed-in", NOW + SECOND)


def test_the_database_refuses_to_change_or_delete_an_answer(attempt, first):
    save(attempt, first, right(first))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(using=queries.LOG):
        AnswerEntry.objects.update(value="")
    with pytest.raises(DatabaseError, match="only with its person"), transaction.atomic(using=queries.LOG):
        AnswerEntry.objects.all().delete()
    assert AnswerEntry.objects.count() == 1


def test_the_log_closes_once(attempt):
    actions.hand_in(attempt, by=attempt.person, at=NOW + SECOND)
    with pytest.raises(DatabaseError), transaction.atomic(using=queries.LOG):
        AnswerEntry.objects.create(
            attempt=attempt.pk, device="x", seq=1, kind="time-up", given=NOW, received=NOW
        )


def test_scores_of_many_cost_as_much_as_of_one(blueprint, django_assert_num_queries, django_user_model):
    def started(number):
        person = django_user_model.objects.create_user(f"p{number}@example.org")
        return actions.start(blueprint, person, at=NOW, by=person)

    attempts = [started(number) for number in range(3)]
    default = 2 if queries.LOG == "answers" else 3
    for listed in (attempts[:1], attempts):
        with django_assert_num_queries(default):
            results = queries.score_all(listed)
        assert set(results) == {attempt.pk for attempt in listed}


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails_acknowledges_nothing_and_a_lost_reply_is_asked_for_again(
    attempt, first, monkeypatch
):
    def full_disk():
        raise DatabaseError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(connections[queries.LOG], "_commit", full_disk)
        with pytest.raises(DatabaseError, match="disk full"):
            save(attempt, first, right(first))
    assert not AnswerEntry.objects.exists()
    save(attempt, first, right(first))  # committed, and its reply never arrives
    assert save(attempt, first, right(first), at=NOW + SECOND).again
    assert AnswerEntry.objects.count() == 1
