"""JSON lines, encodings, and guessing."""

import json

import pytest

from sqcuola.questions import words
from sqcuola.questions.formats import Refused, Taken, Unreadable, jsonl, look

from .interop import folder


def line(**changes):
    data = {"question": "Chi?", "options": [{"A": "io"}, {"B": "tu"}], "answer": "B", "category": "gente"}
    return json.dumps({**data, **changes}, ensure_ascii=False)


def one(**changes):
    (item,) = jsonl.parse(line(**changes))
    return item


def test_a_line_is_a_question():
    item = one(macro_category="tutti")
    assert (item.text, item.area, item.category, item.losses) == ("Chi?", "tutti", "gente", ())
    assert [(c.text, c.share) for c in item.choices] == [("io", 0), ("tu", 1)]
    assert one(options={"A": "io", "B": "tu"}).choices == item.choices


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"answer": "C"}, "answer-not-there"),
        ({"answer": None}, "answer-not-there"),
        ({"options": [{"A": "io"}]}, "answer-not-there"),
        ({"options": [{"B": "io"}]}, "one-answer-only"),
        ({"options": "no"}, "no-options"),
        ({"options": [{"A": "io"}, {"A": "tu"}]}, "label-twice"),
        ({"options": [{"A": " "}, {"B": "tu"}]}, "empty-answer"),
        ({"question": "  "}, "no-text"),
        ({"question": 7}, "no-words"),
        ({"question": "x" * 30_000}, "too-long"),
    ],
)
def test_what_cannot_be_taken_says_why(changes, why):
    assert one(**changes).why == why


def test_the_other_lines_are_taken_all_the_same():
    items = list(jsonl.parse(f"{line()}\nnot json\n\n[1]\n{line(question='Due?')}\n"))
    assert [(type(i), i.line) for i in items] == [(Taken, 1), (Refused, 2), (Refused, 4), (Taken, 5)]


def test_an_answer_that_stands_twice_is_taken_once_and_the_right_one_stays_right():
    item = one(options=[{"A": "Calvino"}, {"B": "Levi"}, {"C": "calvino"}], answer="C")
    assert [(c.text, c.share) for c in item.choices] == [("Levi", 0), ("calvino", 1)]
    assert [loss.code for loss in item.losses] == ["answer-twice"]
    assert [loss.code for loss in one(author="qualcuno").losses] == ["field"]


def test_the_same_question_is_known_again_and_an_apostrophe_is_not_nothing():
    first = one(question='Chi scrisse  "Il Caffè"?', options=[{"A": "Verri"}, {"B": "Parini"}], answer="A")
    again = one(question="chi scrisse «il caffè»?", options=[{"A": "Parini"}, {"B": "Verri."}], answer="B")
    assert first.digest() == again.digest()
    right = one(question="Quale?", options=[{"A": "un’altra"}, {"B": "x"}], answer="A")
    wrong = one(question="Quale?", options=[{"A": "un altra"}, {"B": "x"}], answer="A")
    assert right.digest() != wrong.digest()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("È {T}".encode(), "utf-8"),
        ("È {T}".encode("utf-8-sig"), "utf-8"),
        ("È {T}".encode("utf-16"), "utf-16"),
        ("È {T}".encode("cp1252"), "windows-1252"),
    ],
)
def test_the_encoding_is_guessed_and_said(content, encoding):
    looked = look(content)
    assert (looked.encoding, looked.format, next(looked.items()).text) == (encoding, "gift", "È")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"PK\x03\x04rest", "not-yet"),
        (b"abc\0def {T}", "not-text"),
        (b"\xff\xfe\x00", "not-text"),
        (b"\x81\x8d {T}", "not-text"),
        (b"A\nA. x\nB. y\nANSWER: A\n", "not-yet"),
        (b"<?xml version='1.0'?><quiz>", "not-yet"),
        (b"Just words.", "unknown"),
        (b"x" * (20 * 1024 * 1024 + 1), "too-large"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_in_a_sentence(content, why):
    with pytest.raises(Unreadable) as caught:
        look(content)
    assert caught.value.why == why
    assert words.unreadable(why, caught.value.detail)


@pytest.mark.interop
def test_every_file_of_questions_is_taken_or_refused_whole_with_its_name():
    seen = {}
    for path in sorted(folder("question-banks").rglob("*")):
        if path.is_file() and path.suffix != ".json":
            try:
                looked = look(path.read_bytes())
            except Unreadable as fault:
                seen.setdefault(fault.detail or fault.why, []).append(path.name)
            else:
                assert list(looked.items()) or "category" in path.name.lower(), path
                seen.setdefault(looked.format, []).append(path.name)
    assert len(seen["jsonl"]) == 1
    assert len(seen["QTI"]) == 11
    assert len(seen["Moodle XML"]) == 12
    assert {"Aiken", "Blackboard", "gift"} <= set(seen)


def test_every_code_has_words():
    import inspect
    import re

    from sqcuola.questions.formats import gift, gift_answers, items, markup

    source = "".join(inspect.getsource(module) for module in (gift, gift_answers, items, markup, jsonl))
    raised = set(re.findall(r'Refusal\("([\w-]+)"', source)) | set(
        re.findall(r'Refused\(\w+\.?\w*, "([\w-]+)"', source)
    )
    lost = set(re.findall(r'Loss\("([\w-]+)"', source))
    assert raised <= set(words.WHY)
    assert lost <= set(words.LOSSES)
    assert len(raised) > 15
    assert all(words.why(code, "x") for code in words.WHY)
    assert words.losses([["tag", "a"], ["tag", "a"], ["link", ""]]).count(";") == 1
