"""What Italian joins to the word before it: the sentence must read right whatever name or day is put into it."""

import re

import pytest
from tools import messages

TITLE = r"(?:\{(?:edition|title)\}|%\((?:edition|title)\)s)"
NAMED_IN_A_SENTENCE = (
    "admissions",
    "classroom",
    "desk",
    "editions",
    "front",
    "notices",
)  # where it is an edition's
# «di La terza edizione», «a Il primo anno»: a title that begins with an article needs marks around it.
BARE_TITLE = re.compile(rf"(?:[\w’,] |<mark>){TITLE}(?!»)")
# «il 8 marzo», «dal 11 marzo»: eight and eleven want «l’» and «dall’»; a day stands without an article.
ARTICLE_AND_DAY = re.compile(
    r"\b(?:il|al|dal|del|nel|sul) (?:\{(?:day|when|until|made_at)\}|%\((?:day|when|until|from)\)s)",
    re.IGNORECASE,
)


def sentences(rooms=None):
    for room in messages.rooms():
        if rooms is None or room.name in rooms:
            for message in messages.read(messages.catalogue_of(room)):
                strings = [message.string] if isinstance(message.string, str) else message.string
                yield from ((room.name, string) for string in strings)


def test_a_title_inside_a_sentence_stands_in_marks():
    assert [said for said in sentences(NAMED_IN_A_SENTENCE) if BARE_TITLE.search(said[1])] == []


def test_no_article_stands_before_a_day():
    assert [said for said in sentences() if ARTICLE_AND_DAY.search(said[1])] == []


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        (BARE_TITLE, "La prova di %(edition)s", "La prova di «%(edition)s»"),
        (BARE_TITLE, "per <mark>%(title)s</mark>", "%(title)s è pubblica"),
        (BARE_TITLE, "la classe di {edition}", "Che cosa, {name}? {title}"),
        (ARTICLE_AND_DAY, "Ritirato il %(day)s", "Ritirato: %(day)s"),
        (ARTICLE_AND_DAY, "una copia del {made_at}", "da %(when)s"),
    ],
)
def test_the_rules_see_what_is_wrong(rule, wrong, right):
    assert rule.search(wrong)
    assert not rule.search(right)
