"""GIFT: what others' files hold, what ours can hold, and whatever a file may hold."""

import json
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqcuola.questions.formats import Refused, Taken, gift, look
from sqcuola.questions.formats.gift_text import unescaped

from .interop import folder

KINDS = {"MC", "TF", "Short", "Numerical", "Matching", "Essay"}


def items(text):
    return list(gift.parse(text))


def one(text):
    (item,) = items(text)
    return item


def words(text):
    """Return a text without its markup and with single spaces, a space before a full stop apart."""
    bare = re.sub(r"<!--.*?-->|</?[a-z][^<>]*>", " ", str(text or "")).replace("&nbsp;", " ")
    bare = bare.replace("*", "").replace("&quot;", '"')
    return re.sub(r"\s+([.,;:!?])", r"\1", " ".join(bare.split()))


def their_choices(question):
    if question["type"] == "TF":
        return [("true", int(question["isTrue"])), ("false", int(not question["isTrue"]))]
    if question["type"] == "Matching":
        return [(pair["subquestion"]["text"], pair["subanswer"]) for pair in question["matchPairs"]]
    choices = question.get("choices") or []
    if isinstance(choices, dict):
        choices = [{"isCorrect": True, "weight": None, "text": choices}]
    found = []
    for choice in choices:
        share = int(choice["isCorrect"]) if choice["weight"] is None else round(choice["weight"] / 100, 3)
        text = choice["text"]
        found.append(
            (f"{text['number']}±{text['range']}" if "number" in text else words(text["text"]), share)
        )
    return found


def our_choices(item):
    if item.kind == "matching":
        return [(choice.text, choice.matches) for choice in item.choices]
    return [
        (
            f"{(c.low + c.high) / 2:.0f}±{(c.high - c.low) / 2:.0f}" if c.low is not None else words(c.text),
            round(float(c.share), 3) if c.share % 1 else int(c.share),
        )
        for c in item.choices
    ]


@pytest.mark.interop
def test_snippets_come_to_what_an_independent_parser_says():
    compared = 0
    for path in sorted(folder("question-banks/gift").glob("*.gift")):
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        ours = items(path.read_text(encoding="utf-8"))
        theirs = [each for each in expected if each["type"] != "Category"]
        assert len(ours) == len(theirs), path.name
        for item, their in zip(ours, theirs, strict=True):
            if their["type"] not in KINDS:  # a description: a text that asks nothing
                assert (type(item), item.why) == (Refused, "no-answers"), path.name
                continue
            assert isinstance(item, Taken), (path.name, item)
            assert item.title == (their["title"] or ""), path.name
            assert words(item.text) == words(their["stem"]["text"]), path.name
            assert our_choices(item) == their_choices(their), path.name
            compared += 1
    assert compared > 25


@pytest.mark.interop
def test_files_of_moodle_are_taken_whole_but_for_what_is_said():
    place = folder("question-banks/moodle-gift")
    counts = {}
    for path in sorted(place.iterdir()):
        looked = look(path.read_bytes())
        counts[path.name] = (looked.format, looked.encoding, len(list(looked.items())))
        assert [item for item in looked.items() if isinstance(item, Refused)] == []
    assert counts == {
        "examples.txt": ("gift", "utf-8", 43),
        "questions.gift.txt": ("gift", "utf-8", 9),
        "questions_encoding_windows-1252.gift.txt": ("gift", "windows-1252", 3),
        "questions_in_category.gift.txt": ("gift", "utf-8", 4),
    }
    old = look((place / "questions_encoding_windows-1252.gift.txt").read_bytes())
    assert [item.choices[0].text for item in old.items() if item.choices] == ["aödf"]


def test_weights_make_parts():
    half = one("Che cosa? {=tutto ~%50%metà ~niente}")
    assert (half.kind, [c.share for c in half.choices]) == ("single", [1, Decimal("0.5"), 0])
    two = one("Quali due? {~%50%uno ~%50%due ~%-100%tre}")
    assert (two.kind, [c.share for c in two.choices]) == ("multiple", [Decimal("0.5"), Decimal("0.5"), -1])


def test_weights_that_do_not_add_up_are_brought_to_the_whole_and_it_is_said():
    item = one("Quali? {~%40%uno ~%40%due ~%-20%tre}")
    assert [c.share for c in item.choices] == [Decimal("0.5"), Decimal("0.5"), Decimal("-0.2")]
    assert [(loss.code, loss.detail) for loss in item.losses] == [("weights", "80 %")]


def test_categories_hold_until_the_next():
    first, second, third = items(
        "$CATEGORY: $course$/top/Selezione/Strategia\n\nUna? {T}\n\nDue? {F}\n\n$CATEGORY: Storia\n\nTre? {T}\n"
    )
    assert [(i.area, i.category) for i in (first, second, third)] == [
        ("Selezione", "Strategia"),
        ("Selezione", "Strategia"),
        ("", "Storia"),
    ]


def test_what_html_loses_is_said_and_a_picture_leaves_its_words():
    item = one(
        '[html]<p onclick\\="x()">Guarda <img src\\="a.png" alt\\="un grafico"> e <b>scegli</b></p>{=sì ~no}'
    )
    assert item.markup == "html"
    assert item.text == "<p>Guarda  [un grafico]  e <b>scegli</b></p>"
    assert [loss.code for loss in item.losses] == ["media"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Solo parole", "no-answers"),
        ("Chi? {=uno ~due", "brace-open"),
        ("::Titolo senza fine {T}", "title-open"),
        ("Chi? {~uno ~due}", "no-right-answer"),
        ("Chi? {~%100%uno}", "one-answer-only"),
        ("Chi? {uno =due}", "answer-unmarked"),
        ("Chi? {=uno ~}", "empty-answer"),
        ("Quanto? {#mille}", "no-number"),
        ("Quanto? {#9e999999}", "no-number"),
        ("Chi? {=uno ~%300%due}", "weight"),
        ("{=uno ~due}", "no-text"),
        ("Abbina {=uno -> due}", "one-pair-only"),
        ("Chi {=a ~b} e {=c ~d}?", "two-gaps"),
    ],
)
def test_what_cannot_be_taken_says_why_and_where(text, why):
    before, refused, after = items(f"Prima? {{T}}\n\n{text}\n\n::Dopo::Dopo? {{F}}")
    assert (refused.why, refused.line) == (why, 3)
    assert (before.text, after.text, after.line) == ("Prima?", "Dopo?", 5)


def test_answers_may_stand_apart_and_comments_among_them():
    item = one("Chi?{\n=uno\n\n// a comment\n~due\n\n~tre}")
    assert [c.text for c in item.choices] == ["uno", "due", "tre"]


PLAIN = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=12)


def escaped(text):
    return re.sub(r"([~=#{}:\\])", r"\\\1", text)


@given(
    PLAIN.filter(lambda t: t[0] not in "<[/$" and "<" not in t and "&" not in t),
    st.lists(PLAIN, min_size=2, max_size=5, unique=True),
)
def test_what_is_written_is_read(question, answers):
    answers = [f"a{re.sub(r'[<&]', '', answer)}" for answer in answers]
    body = " ".join(f"{'=' if i == 0 else '~'}{escaped(a)}" for i, a in enumerate(answers))
    item = one(f"x{escaped(question)} {{{body}}}")
    assert isinstance(item, Taken)
    assert item.text == f"x{question}"
    assert [(c.text, c.share) for c in item.choices] == [(a, int(i == 0)) for i, a in enumerate(answers)]


@given(st.text("{}=~#:\\%->ab1 \n/[]$.T", max_size=80))
def test_whatever_comes_is_taken_or_refused_and_every_word_is_accounted_for(text):
    for item in items(text):
        assert isinstance(item, Taken | Refused)
        assert 1 <= item.line <= text.count("\n") + 1
    assert unescaped(text).count("\\") <= text.count("\\")


def test_a_huge_unclosed_file_takes_no_time():
    text = "Chi? {=uno\n\n" * 3000
    assert all(isinstance(item, Refused) for item in items(text))


def test_braces_that_nobody_closed_cost_no_more_than_their_items():
    read = []
    text = "\n\n".join(f"Domanda {number} {{=a ~b" for number in range(2000))
    lines = Lines(text.split("\n"), read)

    assert sum(1 for _ in gift._blocks(lines)) == 2000
    assert len(read) < 2000 * (gift.LONGEST + 20)


class Lines(list):
    """Lines that note how often one of them is read."""

    def __init__(self, lines, read):
        super().__init__(lines)
        self.read = read

    def __getitem__(self, place):
        self.read.append(place)
        return super().__getitem__(place)
