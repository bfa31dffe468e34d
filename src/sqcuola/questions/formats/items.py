"""What a parser makes of a file: items, each taken (perhaps with losses) or refused, each with its line."""

import html
import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from sqcuola.questions.models import Markup, Question

Kind = Question.Kind
LONGEST_TEXT = 20_000
MOST_CHOICES = 50
MOST_ITEMS = 100_000


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of an item that was not taken: a code for `questions.words`, and the thing itself."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option, as in questions.models.Option."""

    text: str
    share: Decimal = Decimal(0)
    markup: str = Markup.PLAIN
    matches: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A question as it can be stored."""

    line: int
    kind: Question.Kind
    text: str
    choices: tuple[Choice, ...] = ()
    markup: str = Markup.PLAIN
    title: str = ""
    area: str = ""
    category: str = ""
    feedback: str = ""
    losses: tuple[Loss, ...] = field(default=())

    def digest(self) -> str:
        """Return the fingerprint by which the same question is known again.

        Case, markup, spaces, the shape of quotation marks and the order of the answers make no difference.
        """
        answers = sorted(f"{plain(one.text)}\t{plain(one.matches)}" for one in self.choices)
        return sha256("\n".join([plain(self.text), *answers]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that cannot be taken, and why (a code for `questions.words`)."""

    line: int
    why: str
    detail: str = ""
    excerpt: str = ""


Item = Taken | Refused


class Refusal(Exception):  # noqa: N818 - an item is refused, nothing is broken
    """Raised inside a parser: this item cannot be taken."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why)
        self.why, self.detail = why, detail


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)


def plain(text: str) -> str:
    """Return the words of a text as they are compared; apostrophes and commas stay, since they may be what is asked."""
    bare = html.unescape(_TAG.sub(" ", text)).translate(_SAME)
    return " ".join(unicodedata.normalize("NFKC", bare).casefold().split()).rstrip(" .")


def checked(item: Taken) -> Taken:
    """Return an item that can be answered and marked, or raise Refusal."""
    if not item.text.strip():
        raise Refusal("no-text")
    if len(item.text) > LONGEST_TEXT or any(len(one.text) > LONGEST_TEXT for one in item.choices):
        raise Refusal("too-long")
    if len(item.choices) > MOST_CHOICES:
        raise Refusal("too-many-answers", str(len(item.choices)))
    if item.kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE}:
        if len(item.choices) < 2:
            raise Refusal("one-answer-only")
        if not any(one.share > 0 for one in item.choices):
            raise Refusal("no-right-answer")
    elif item.kind in {Kind.SHORT, Kind.NUMERICAL} and not any(one.share == 1 for one in item.choices):
        raise Refusal("no-right-answer")
    elif item.kind == Kind.MATCHING and sum(bool(one.text) for one in item.choices) < 2:
        raise Refusal("one-pair-only")
    return item
