"""An erased person leaves a test without their words and without their name."""

from datetime import timedelta

from sqcuola.kernel import privacy
from sqcuola.questions import actions, queries
from sqcuola.questions.models import AnswerEntry, Attempt, BlueprintLine, ImportRun, Question

from .conftest import NOW, right, save


def test_words_go_choices_stay_of_nobody(blueprint, bank, nives, ask):
    essay = ask("Chi sei?", kind=Question.Kind.SHORT, category="scritti")
    BlueprintLine.objects.create(blueprint=blueprint, position=3, bank=bank, category="scritti", count=1)
    attempt = actions.start(blueprint, nives, at=NOW, by=nives, code="NIVES23456")
    first = attempt.questions.get(place=1).question_id
    save(attempt, first, right(first))
    save(attempt, essay.pk, "Sono Nives Rota, di Lecco.", seq=2)
    actions.hand_in(attempt, by=nives, at=NOW + timedelta(minutes=1))
    before = privacy.export(nives)["questions"]
    assert [row["value"] for row in before["answerentry"]] == [right(first), "Sono Nives Rota, di Lecco.", ""]
    assert before["attempt"][0]["code"] == "NIVES23456"
    assert {row["question"] for row in before["attemptquestion"]} >= {"Chi sei?"}

    privacy.erase(nives, NOW + timedelta(days=1))

    attempt = Attempt.objects.get()
    assert (attempt.person, attempt.code != "NIVES23456") == (None, True)
    assert not AnswerEntry.objects.filter(value__contains="Nives").exists()
    assert queries.result(attempt).points == 1
    assert queries.given(attempt).closed is not None


def test_erased_twice_and_with_nothing_done(nives, bank):
    actions.allow(nives, extra_percent=30, until=NOW)
    ImportRun.objects.create(
        bank=bank, name="b.gift", format="gift", encoding="utf-8", by=nives, received_at=NOW
    )
    for entry in privacy.entries():
        if entry.room == "questions":
            if entry.erase:
                entry.erase(nives, NOW)
                entry.erase(nives, NOW)
            elif entry.fate is privacy.Fate.ERASED:
                entry.of(nives).delete()
            elif entry.blank:
                entry.of(nives).update(**entry.blank)
    assert "questions" not in privacy.export(nives)
