"""What is said of files and items: codes of `formats` in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNREADABLE: dict[str, str | Promise] = {
    "empty": _("The file is empty."),
    "too-large": _(
        "The file is larger than %(detail)s MB. Split it, and bring the parts one after the other."
    ),
    "not-text": _("This is no text file. Save it as text (UTF-8 is best) and bring it again."),
    "not-yet": _("This looks like %(detail)s, which cannot be read here. GIFT and JSON lines can."),
    "unknown": _("This looks like neither GIFT nor JSON lines, so nothing was taken."),
}
WHY: dict[str, str | Promise] = {
    "no-text": _("there are no words to the question"),
    "too-long": _("it is longer than a question may be"),
    "too-many-answers": _("it has %(detail)s answers, and fifty are the most"),
    "one-answer-only": _("there is only one answer to choose from"),
    "one-pair-only": _("there is only one pair"),
    "no-right-answer": _("no answer is marked as right"),
    "no-answers": _("there are no answers after it: a text, not a question"),
    "brace-open": _("a brace is opened and not closed, or closed and not opened"),
    "two-gaps": _("it has two groups of answers"),
    "title-open": _("its title begins with :: and does not end"),
    "answer-unmarked": _("an answer begins with neither = nor ~ (“%(detail)s”)"),
    "empty-answer": _("an answer has no words"),
    "weight": _("a weight goes beyond one hundred (%(detail)s)"),
    "no-number": _("“%(detail)s” is not a number that can be compared"),
    "too-many": _("the file has more than %(detail)s items: from here on nothing was read"),
    "no-json": _("the line is not JSON"),
    "no-object": _("the line is JSON, but holds no question"),
    "no-options": _("its options are not a list"),
    "no-words": _("“%(detail)s” should be a text"),
    "answer-not-there": _("its right answer (%(detail)s) is not among the options"),
    "label-twice": _("two options have the label %(detail)s"),
    "double": _("the same question is already in the bank"),
}
LOSSES: dict[str, str | Promise] = {
    "media": _("a picture, sound or film was left out"),
    "link": _("a link was left out, its words stayed"),
    "formatting": _("some of its look was left out"),
    "feedback": _("what was to be said to all other answers was left out: “%(detail)s”"),
    "weights": _("the weights added up to %(detail)s and were brought to the whole"),
    "answer-twice": _("the answer “%(detail)s” stood there twice and was taken once"),
    "field": _("the field “%(detail)s” was left out"),
    "id": _("its number “%(detail)s” was left out"),
    "tag": _("the label “%(detail)s” was left out"),
    "title-cut": _("the end of its title was cut: “%(detail)s”"),
}


def said(words: dict[str, str | Promise], code: str, detail: str = "") -> str:
    """Return a code in words, in the reader's language."""
    text = str(words[code])
    return text % {"detail": detail} if "%(" in text else text


def unreadable(why: str, detail: str) -> str:
    """Say why a file cannot be read at all."""
    return said(UNREADABLE, why, detail)


def why(code: str, detail: str) -> str:
    """Say why an item was refused."""
    return said(WHY, code, detail)


def losses(listed: list[list[str]]) -> str:
    """Say what of an item was not taken."""
    return "; ".join(dict.fromkeys(said(LOSSES, code, detail) for code, detail in listed))
