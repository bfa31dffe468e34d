"""A file becomes questions, once, in small writes, and each item is told."""

import json
import time
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sqcuola.kernel.models import Act
from sqcuola.questions.actions import importing
from sqcuola.questions.formats import look
from sqcuola.questions.models import Bank, ImportItem, ImportRun, Option, Question

from .conftest import NOW
from .interop import folder

PER_BATCH = 7  # savepoint and its end, the bank's row, what is known, questions, options, what became of each
FILE = """$CATEGORY: Strategia

Chi? {=io ~tu}

Il sole sorge a est. {T}

chi ? {=io ~tu}

Chi? {~tu =Io.}

Solo parole
"""


def take(content, bank, name="domande.gift"):
    return importing.take(importing.receive(content, name, bank, by=None, at=NOW), at=NOW)


def outcomes(run):
    return list(run.items.values_list("line", "outcome", "why"))


def test_each_item_is_told(bank):
    run = take(FILE.encode(), bank)
    assert outcomes(run) == [
        (3, "taken", ""),
        (5, "taken", ""),
        (7, "taken", ""),
        (9, "double", "double"),
        (11, "refused", "no-answers"),
    ]
    assert (run.items_in_file, run.format, run.content, run.ended_at) == (5, "gift", None, NOW)
    truth = Question.objects.get(kind="true-false")
    assert list(truth.options.values_list("text", "share")) == [("Vero", 1), ("Falso", 0)]
    assert truth.category == "Strategia"
    assert Act.objects.get().payload == {"bank": bank.pk, "run": run.pk, "taken": 3, "refused": 1}


def test_brought_twice_is_taken_once(bank):
    take(FILE.encode(), bank)
    again = take(FILE.encode(), bank)
    assert Counter(outcome for _line, outcome, _why in outcomes(again)) == {"double": 4, "refused": 1}
    assert Question.objects.count() == 3


def test_broken_off_it_goes_on_where_it_was(bank, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    run = importing.receive(FILE.encode(), "x", bank, by=None, at=NOW)
    real, calls = importing._take_some, []

    def breaks(*args):
        calls.append(args)
        if len(calls) == 2:
            raise ConnectionError
        real(*args)

    monkeypatch.setattr(importing, "_take_some", breaks)
    with pytest.raises(ConnectionError):
        importing.take(run, at=NOW)
    assert (run.items.count(), Question.objects.count()) == (2, 2)
    run = ImportRun.objects.get()
    importing.take(run, at=NOW)
    importing.take(run, at=NOW)
    assert list(run.items.values_list("ordinal", flat=True)) == [1, 2, 3, 4, 5]
    assert Question.objects.count() == 3
    assert Act.objects.count() == 1


def test_a_rehearsal_says_the_same_and_writes_nothing(bank):
    said = [(one.line, one.outcome, one.why) for one in importing.rehearse(look(FILE.encode()), bank)]
    assert not ImportItem.objects.exists()
    assert not Question.objects.exists()
    assert said == outcomes(take(FILE.encode(), bank))


def run_command(capsys, *arguments):
    try:
        call_command("import_questions", *arguments)
    except SystemExit as end:
        return end.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_the_command_ends_with_what_came_of_it(db, tmp_path, capsys):
    good, mixed, bad = (tmp_path / name for name in ("buono.gift", "misto.gift", "brutto.gift"))
    good.write_text("Chi? {=io ~tu}")
    mixed.write_text(FILE)
    bad.write_bytes(b"PK\x03\x04")
    assert run_command(capsys, str(good))[0] == 0
    assert Bank.objects.get().name == "buono"
    code, report = run_command(capsys, str(mixed), "--bank", "buono", "--json")
    assert code == 1
    assert [item["outcome"] for item in json.loads(report)] == [
        "double",
        "taken",
        "taken",
        "double",
        "refused",
    ]
    assert run_command(capsys, str(bad))[0] == 2
    assert run_command(capsys, str(tmp_path / "none"))[0] == 2
    before = Question.objects.count()
    assert run_command(capsys, str(mixed), "--dry-run", "--bank", "altra")[0] == 1
    assert (Bank.objects.count(), Question.objects.count()) == (1, before)


def bank_file(count, first=0):
    """Return a file of so many questions, as the large banks are written: a line each, of four options."""
    return "\n".join(
        json.dumps(
            {
                "question": f"Quanti passi ci sono fino al numero {first + number}, contati da qui?",
                "options": [{label: f"{first + number + step} passi"} for step, label in enumerate("ABCD")],
                "answer": "B",
                "category": f"Categoria {number % 7}",
            }
        )
        for number in range(count)
    ).encode()


def cost(count, first):
    """Return the processor's seconds of taking so many questions into a bank of their own."""
    bank = Bank.objects.create(name=f"Banca {first}", created_at=NOW)
    run = importing.receive(bank_file(count, first), "x.jsonl", bank, by=None, at=NOW)
    began = time.process_time()
    importing.take(run, at=NOW)
    assert run.items.filter(outcome="taken").count() == count
    return time.process_time() - began


def test_twice_as_many_questions_cost_twice_as_much(db):
    """A ratio, since seconds are a machine's own; what grows with the square would be four times, each time it is measured."""
    ratios = []
    for turn in range(3):
        small, large = cost(1_000, turn * 10_000), cost(2_000, turn * 10_000 + 5_000)
        ratios.append(large / small)
        if ratios[-1] < 2.6:
            return
    pytest.fail(f"1,000 and 2,000 questions: {ratios}")


def test_a_hundred_questions_are_a_handful_of_queries(bank):
    asked = []
    for batches in (1, 3):
        run = importing.receive(bank_file(100 * batches, 1_000 * batches), "x.jsonl", bank, by=None, at=NOW)
        with CaptureQueriesContext(connection) as queries:
            importing.take(run, at=NOW)
        asked.append(len(queries))

    assert (asked[1] - asked[0]) / 2 == PER_BATCH


@pytest.mark.slow
@pytest.mark.interop
def test_ten_thousand_questions_in_under_half_a_minute_and_no_long_write(bank, monkeypatch):
    content = (folder("question-banks") / "italic_10000_it.jsonl").read_bytes()
    real, lasted = importing._take_some, []

    def timed(*args):
        began = time.process_time()
        real(*args)
        lasted.append(time.process_time() - began)

    monkeypatch.setattr(importing, "_take_some", timed)
    began = time.process_time()
    run = take(content, bank, "italic.jsonl")
    assert time.process_time() - began < 30
    assert sorted(lasted)[len(lasted) * 95 // 100] < 0.2  # a single one may have met the machine's own work
    assert Counter(run.items.values_list("outcome", flat=True)) == {"taken": 9968, "loss": 5, "double": 27}
    assert Question.objects.count() == 9973
    assert Option.objects.filter(share=1).count() == 9973
