"""Search: one index for the whole house, read through the same audiences as acts.

Words are folded (no accents, small letters) and stemmed here, in Italian or English, before the database sees them: so
both databases find the same. What has all the words in its title comes first, then the newest.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import Stemmer
from django.db import connection
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from sqcuola.kernel import text
from sqcuola.kernel.audiences import reaching
from sqcuola.kernel.models import SearchEntry

LANGUAGES: Final = {"it": "italian", "en": "english"}
LONGEST: Final = 20_000  # letters of a body that are indexed
MOST_WORDS: Final = 12  # of a question
PAGE: Final = 20
AROUND: Final = 90  # letters shown on either side of the first hit
# Words that nobody looks for, folded.
IDLE: Final = frozenset(
    [
        "a",
        "ad",
        "al",
        "alla",
        "alle",
        "allo",
        "ai",
        "agli",
        "che",
        "chi",
        "ci",
        "come",
        "con",
        "cui",
        "da",
        "dal",
        "dalla",
        "dalle",
        "dei",
        "del",
        "della",
        "delle",
        "dello",
        "di",
        "e",
        "ed",
        "gli",
        "ha",
        "i",
        "il",
        "in",
        "io",
        "l",
        "la",
        "le",
        "lo",
        "ma",
        "mi",
        "nel",
        "nella",
        "nelle",
        "nello",
        "noi",
        "non",
        "o",
        "per",
        "piu",
        "se",
        "si",
        "sono",
        "su",
        "sul",
        "sulla",
        "ti",
        "tra",
        "tu",
        "un",
        "una",
        "uno",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "he",
        "her",
        "his",
        "if",
        "is",
        "it",
        "its",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "she",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "we",
        "with",
        "you",
        "your",
    ]
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an excerpt; `hit` where it is a word that was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found, with the piece of its text where it was."""

    key: str
    kind: str
    title: str
    url: str
    excerpt: list[Part]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what was found. `more` says whether there is a next one."""

    found: list[Found]
    number: int
    more: bool


def put(  # noqa: PLR0913 - each is named where it is called
    key: str,
    *,
    kind: str,
    audience: str,
    scope: str,
    title: str,
    body: str,
    url: str,
    language: str,
    at: datetime,
    about: Any = None,
) -> None:
    """Put something into the index, or change what stands there under `key` ("room.model:id").

    `body` is plain words (see kernel.text.plain). `about` is the person whose it is, if anybody's: erasing them takes it
    out. Call it in the transaction of the change.
    """
    title, body = title[:200], body[:LONGEST]
    titled = _stems(title, language)
    SearchEntry.objects.update_or_create(
        key=key,
        defaults={
            "kind": kind,
            "scope": scope,
            "audience": audience,
            "account_id": None if about is None else about.pk,
            "language": language,
            "title": title,
            "body": body,
            "url": url,
            "changed_at": at,
            "stems": " ".join([*titled, *_stems(body, language)]),
            "title_stems": " ".join(titled),
            "title_words": " ".join(text.words(title)),
        },
    )


def remove(*keys: str) -> None:
    """Take something out of the index."""
    SearchEntry.objects.filter(key__in=keys).delete()


def forget(person: Any) -> None:
    """Take what is about a person out of the index, and out of the pages where FTS5 leaves words that were taken out."""
    SearchEntry.objects.filter(account_id=person.pk).delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO kernel_search (kernel_search) VALUES ('optimize')")


def find(asked: str, person: Any, at: datetime, kinds: Collection[str] = (), page: int = 1) -> Page:
    """Return what has all these words, among what the person (None: a visitor) may know of."""
    wanted = _wanted(asked)
    if not wanted:
        return Page([], 1, more=False)
    # A word may stand in a text of either language: each is looked for by both its stems.
    groups = [sorted(_both_stems(word)) for word in wanted]
    in_title = Case(
        When(_matching("title_stems", groups), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = _allowed(person, at, kinds).filter(_matching("stems", groups))
    start = (max(page, 1) - 1) * PAGE
    some = list(rows.order_by(in_title.desc(), "-changed_at", "-id")[start : start + PAGE + 1])
    stems = {stem for group in groups for stem in group}
    found = [
        Found(row.key, row.kind, row.title, row.url, _excerpt(row.body, row.language, stems))
        for row in some[:PAGE]
    ]
    return Page(found, max(page, 1), more=len(some) > PAGE)


def complete(
    begun: str, person: Any, at: datetime, kinds: Collection[str] = (), most: int = 8
) -> list[Found]:
    """Return what has words in its title that begin like these, for suggestions while somebody types."""
    wanted = text.words(begun)[:MOST_WORDS]
    if not wanted:
        return []
    rows = _allowed(person, at, kinds).filter(
        _matching("title_words", [[word] for word in wanted], beginning=True)
    )
    return [Found(row.key, row.kind, row.title, row.url, []) for row in rows.order_by("title", "id")[:most]]


def _allowed(person: Any, at: datetime, kinds: Collection[str]) -> QuerySet[SearchEntry]:
    rows = SearchEntry.objects.filter(reaching(person, at))
    return rows.filter(kind__in=list(kinds)) if kinds else rows


def _matching(column: str, groups: list[list[str]], *, beginning: bool = False) -> Q:
    """Return the condition that a column has, of each group, one word (or one that begins so)."""
    if connection.vendor == "sqlite":
        ask = " AND ".join(
            "(" + " OR ".join(f'"{word}"' + "*" * beginning for word in group) + ")" for group in groups
        )
        sql = "SELECT rowid FROM kernel_search WHERE kernel_search MATCH %s"
        return Q(pk__in=RawSQL(sql, [f"{column} : ({ask})"]))  # noqa: S611 - words hold letters and digits only
    ask = " & ".join(
        "(" + " | ".join(f"'{word}'" + ":*" * beginning for word in group) + ")" for group in groups
    )
    sql = f"SELECT id FROM kernel_searchentry WHERE {column}_vector @@ to_tsquery('simple', %s)"  # noqa: S608 - a column of ours
    return Q(pk__in=RawSQL(sql, [ask]))  # noqa: S611 - words hold letters and digits only


def _wanted(asked: str) -> list[str]:
    every = list(dict.fromkeys(text.words(asked)))[:MOST_WORDS]
    return [word for word in every if word not in IDLE] or every


def _stems(written: str, language: str) -> list[str]:
    return [_stem(word, language) for word in text.words(written)]


def _both_stems(word: str) -> set[str]:
    return {_stem(word, language) for language in LANGUAGES}


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    # A stemmer is no thing to share between threads, and costs nothing to make beside what the cache saves.
    return str(Stemmer.Stemmer(LANGUAGES.get(language, "italian"), 0).stemWord(word))


def _excerpt(body: str, language: str, stems: set[str]) -> list[Part]:
    pieces = list(_pieces(body, language, stems))
    first = next((number for number, piece in enumerate(pieces) if piece.hit), None)
    if first is None:
        beginning = text.excerpt_of(body, 2 * AROUND)
        return [Part(beginning, hit=False)] if beginning else []
    before = "".join(piece.text for piece in pieces[:first])
    shown = [Part(_tail(before), hit=False), *pieces[first:]]
    return _cut(shown, len(shown[0].text) + 2 * AROUND)


def _tail(before: str) -> str:
    if len(before) <= AROUND:
        return before
    return "…" + before[-AROUND:].partition(" ")[2]


def _cut(parts: list[Part], most: int) -> list[Part]:
    kept: list[Part] = []
    for part in parts:
        if len(part.text) > most:
            beginning = "" if part.hit else part.text[: max(most, 0)].rpartition(" ")[0]
            return [*kept, Part(f"{beginning}…", hit=False)]
        if part.text:
            kept.append(part)
        most -= len(part.text)
    return kept


def _pieces(body: str, language: str, stems: set[str]) -> Iterator[Part]:
    """Yield a text in pieces, each word that was looked for by itself."""
    last = 0
    for match in text.WORD.finditer(body):
        folded = text.fold(match[0])
        if _stem(folded, language) in stems:
            yield Part(body[last : match.start()], hit=False)
            yield Part(match[0], hit=True)
            last = match.end()
    yield Part(body[last:], hit=False)
