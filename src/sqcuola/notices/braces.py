"""The words in braces as people write them: {nome} in an Italian text, {name} in an English one and wherever texts are kept.

Whoever writes sees the words of the language they write in; what is typed in any of the house's languages is understood.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from sqcuola.notices.texts import FIELD, Field, fill

WORDS: Final[Mapping[str, str | Promise]] = {
    "act": pgettext_lazy("in braces", "act"),
    "answer": pgettext_lazy("in braces", "answer"),
    "begins": pgettext_lazy("in braces", "begins"),
    "by": pgettext_lazy("in braces", "by"),
    "code": pgettext_lazy("in braces", "code"),
    "contact": pgettext_lazy("in braces", "contact"),
    "days": pgettext_lazy("in braces", "days"),
    "deadline": pgettext_lazy("in braces", "deadline"),
    "edition": pgettext_lazy("in braces", "edition"),
    "ends": pgettext_lazy("in braces", "ends"),
    "fingerprint": pgettext_lazy("in braces", "fingerprint"),
    "head": pgettext_lazy("in braces", "head"),
    "name": pgettext_lazy("in braces", "name"),
    "question": pgettext_lazy("in braces", "question"),
    "reason": pgettext_lazy("in braces", "reason"),
    "role": pgettext_lazy("in braces", "role"),
    "school": pgettext_lazy("in braces", "school"),
    "seat": pgettext_lazy("in braces", "seat"),
    "test_code": pgettext_lazy("in braces", "test_code"),
    "until": pgettext_lazy("in braces", "until"),
    "url": pgettext_lazy("in braces", "url"),
    "what": pgettext_lazy("in braces", "what"),
    "when": pgettext_lazy("in braces", "when"),
}


@cache
def _spoken(language: str) -> dict[str, str]:
    """Return the word of each field in a language."""
    with translation.override(language):
        return {name: str(word) for name, word in WORDS.items()}


@cache
def _fields() -> dict[str, str]:
    """Return the field that each word of each language means."""
    return {word: name for code, _name in settings.LANGUAGES for name, word in _spoken(code).items()}


def word(name: str, language: str = "") -> str:
    """Return the word of a field, in the language spoken now unless one is said."""
    return _spoken(language or get_language() or "it").get(name, name)


def shown(words: str, language: str = "") -> str:
    """Return words as people write them: their fields in the language, the one spoken now unless one is said."""
    return fill(
        words, {name: f"{{{one}}}" for name, one in _spoken(language or get_language() or "it").items()}
    )


def kept(words: str) -> str:
    """Return words as they are kept, whichever language's fields were typed."""
    return FIELD.sub(lambda found: f"{{{_fields().get(found[1], found[1])}}}", words)


def offered(fields: Iterable[tuple[str, Field]]) -> list[tuple[str, str | Promise]]:
    """Return what can be put into a text: each word in its braces, and what it stands for."""
    return [(f"{{{word(name)}}}", field.label) for name, field in fields]
