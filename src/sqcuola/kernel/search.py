"""Search: one index for the whole house, read through the same audiences as acts.

Words are folded (no accents, small letters) and stemmed here, in Italian or English, before the database sees them: so
both databases find the same. What has all the words in its title comes first, then the newest. What is said in both
languages stands there once in each, and is found once: in the language of who asks, if their words are in it.

Each room keeps its own things here, in the transaction of the change. `fill` puts right what stands there otherwise:
what is older than the index, or came back with a backup.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import Stemmer
from django.db import connection, transaction
from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel import jobs, text
from sqcuola.kernel.audiences import reaching
from sqcuola.kernel.models import SearchEntry

LANGUAGES: Final = {"it": "italian", "en": "english"}
LONGEST: Final = 20_000  # letters of a body that are indexed
LONGEST_WORD: Final = 40  # letters of a word that count: PostgreSQL takes no endless ones
LONGEST_ASKED: Final = 200  # letters of a question that are read
MOST_WORDS: Final = 12  # of a question
PAGE: Final = 20
MOST_PAGES: Final = 10  # nobody reads further, and each page costs as much as all before it
AROUND: Final = 90  # letters shown on either side of the first hit
# Words that nobody looks for, folded: they stand everywhere, or are how a question begins.
IDLE: Final = frozenset(
    [
        "a", "ad", "ai", "agli", "al", "all", "alla", "alle", "allo", "c", "che", "chi", "ci", "come", "con", "cosa", "cui",
        "d", "da", "dal", "dall", "dalla", "dalle", "dei", "del", "dell", "della", "delle", "dello", "devo", "di", "dove", "e",
        "ed", "gli", "ha", "i", "il", "in", "io", "l", "la", "le", "lo", "ma", "mi", "nel", "nell", "nella", "nelle", "nello",
        "noi", "non", "o", "per", "perche", "piu", "posso", "puo", "quale", "quali", "quando", "quanti", "quanto", "s", "se",
        "si", "sono", "su", "sul", "sull", "sulla", "ti", "tra", "tu", "un", "una", "uno",
        "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "he", "her", "his", "how", "if", "is",
        "it", "its", "me", "my", "of", "on", "or", "our", "she", "that", "the", "their", "this", "to", "was", "we", "what",
        "when", "where", "which", "who", "why", "with", "you", "your",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What can be found of one thing, in one language.

    `body` is plain words (see kernel.text.plain); `at`, what makes it newer than others. `about` is the person whose it
    is, if anybody's: erasing them takes it out.
    """

    kind: str
    audience: str
    scope: str
    title: str
    body: str
    url: str
    language: str
    at: datetime
    about: Any = None


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; `hit` where it is a word that was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found: its title, and the piece of its text where it was, both in parts too."""

    key: str
    kind: str
    scope: str
    language: str
    title: str
    url: str
    at: datetime
    heading: list[Part]
    excerpt: list[Part]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what was found. `more` says whether there is a next one."""

    found: list[Found]
    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Source:
    """The things of a room that can be found: `keys` of all of them, and `put`, which puts one in or takes it out."""

    keys: Callable[[], Iterable[str]]
    put: Callable[[str], None]


_sources: dict[str, Source] = {}


def register(room: str, *, keys: Callable[[], Iterable[str]], put: Callable[[str], None]) -> None:
    """Say what a room has in the index, so that `fill` can put it there anew.

    `put(key)` is called in a transaction of its own for each of `keys()`, and for what stands there and is none of them.
    It reads the thing anew, holding its row against who changes it meanwhile, and calls `search.put`.
    """
    if room in _sources:
        raise ValueError(f"The room {room} registers its search twice.")
    _sources[room] = Source(keys, put)


def put(key: str, *entries: Entry) -> None:
    """Let of one thing, `key` ("room.model:id"), just these entries stand in the index: one a language, or none.

    What stands there already is not written again. Call it in the transaction of the change.
    """
    wanted = [_row(key, entry) for entry in entries]
    standing = {row.language: row for row in SearchEntry.objects.filter(key=key)}
    changed = [row for row in wanted if not _same(row, standing.get(row.language))]
    if changed:
        SearchEntry.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["key", "language"], update_fields=FIELDS
        )
    if gone := standing.keys() - {row.language for row in wanted}:
        SearchEntry.objects.filter(key=key, language__in=gone).delete()


FIELDS: Final = [
    field.name for field in SearchEntry._meta.concrete_fields if field.name not in {"id", "key", "language"}
]


def _row(key: str, entry: Entry) -> SearchEntry:
    title, body = entry.title[:200], entry.body[:LONGEST]
    titled = _stems(title, entry.language)
    return SearchEntry(
        key=key,
        language=entry.language,
        kind=entry.kind,
        scope=entry.scope,
        audience=entry.audience,
        account_id=None if entry.about is None else entry.about.pk,
        title=title,
        body=body,
        url=entry.url,
        changed_at=entry.at,
        stems=" ".join([*titled, *_stems(body, entry.language)]),
        title_stems=" ".join(titled),
        title_words=" ".join(_words(title)),
    )


def _same(row: SearchEntry, other: SearchEntry | None) -> bool:
    return other is not None and all(getattr(row, name) == getattr(other, name) for name in FIELDS)


def fill() -> int:
    """Put right what stands in the index of each room that registered, thing by thing; return how many were looked at."""
    count = 0
    for room, source in _sources.items():
        standing = SearchEntry.objects.filter(key__startswith=f"{room}.").values_list("key", flat=True)
        for key in sorted({*source.keys(), *standing}):
            with transaction.atomic():
                source.put(key)
            count += 1
    return count


@jobs.every(timedelta(days=1), name="kernel.fill-search", says=_("puts right what the search finds"))
def fill_each_day(_at: datetime) -> None:
    """Fill the index of a school that is older than it, and mend what no act of a room has mended."""
    fill()


def forget(person: Any) -> None:
    """Take what is about a person out of the index, and out of the pages where FTS5 leaves words that were taken out."""
    SearchEntry.objects.filter(account_id=person.pk).delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO kernel_search (kernel_search) VALUES ('optimize')")


def wanted(asked: str) -> list[str]:
    """Return the words of a question that are looked for, folded: none if there are only idle ones."""
    every = dict.fromkeys(_words(asked[:LONGEST_ASKED]))
    return [word for word in every if word not in IDLE][:MOST_WORDS]


def find(
    asked: str,
    person: Any,
    at: datetime,
    *,
    language: str = "it",
    kinds: Collection[str] = (),
    page: int = 1,
) -> Page:
    """Return what has all these words, among what the person (None: a visitor) may know of; one query."""
    groups = _groups(asked)
    if not groups:
        return Page([], 1, more=False)
    number = min(max(page, 1), MOST_PAGES)
    in_title = Case(
        When(_matching("title_stems", groups), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = _having("stems", groups, _allowed(person, at, kinds), language)
    start = (number - 1) * PAGE
    some = list(rows.order_by(in_title.desc(), "-changed_at", "-key")[start : start + PAGE + 1])
    stems = {stem for group in groups for stem in group}
    return Page([_found(row, stems) for row in some[:PAGE]], number, more=len(some) > PAGE)


def count(asked: str, person: Any, at: datetime, *, language: str = "it") -> dict[str, int]:
    """Return how much of each kind `find` finds on all its pages together, without their bound; one query."""
    groups = _groups(asked)
    if not groups:
        return {}
    rows = _having("stems", groups, _allowed(person, at, ()), language)
    return dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))


def complete(
    begun: str,
    person: Any,
    at: datetime,
    *,
    language: str = "it",
    kinds: Collection[str] = (),
    most: int = 8,
) -> list[Found]:
    """Return what has words in its title that begin like these, for suggestions while somebody types."""
    groups = [[word] for word in _words(begun[:LONGEST_ASKED])[:MOST_WORDS]]
    if not groups:
        return []
    rows = _having("title_words", groups, _allowed(person, at, kinds), language, beginning=True)
    return [_found(row, set()) for row in rows.defer("body").order_by("title", "key")[:most]]


def _found(row: SearchEntry, stems: set[str]) -> Found:
    heading = [part for part in _pieces(row.title, row.language, stems) if part.text]
    excerpt = _excerpt(row.body, row.language, stems) if stems else []
    return Found(
        row.key, row.kind, row.scope, row.language, row.title, row.url, row.changed_at, heading, excerpt
    )


def _allowed(person: Any, at: datetime, kinds: Collection[str]) -> QuerySet[SearchEntry]:
    rows = SearchEntry.objects.filter(reaching(person, at))
    return rows.filter(kind__in=list(kinds)) if kinds else rows


def _having(
    column: str,
    groups: list[list[str]],
    rows: QuerySet[SearchEntry],
    language: str,
    *,
    beginning: bool = False,
) -> QuerySet[SearchEntry]:
    """Narrow rows to those that match, each thing in one language: this one if it matches there."""
    match = _matching(column, groups, beginning=beginning)
    here = SearchEntry.objects.filter(match, key=OuterRef("key"), language=language)
    return rows.filter(match).filter(Q(language=language) | ~Exists(here))


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


def _groups(asked: str) -> list[list[str]]:
    """Return for each word that is looked for its stems: it may stand in a text of either language."""
    return [sorted({_stem(word, language) for language in LANGUAGES}) for word in wanted(asked)]


def _words(written: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in text.words(written)]


def _stems(written: str, language: str) -> list[str]:
    return [_stem(word, language) for word in _words(written)]


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    # A stemmer is no thing to share between threads, and costs nothing to make beside what the cache saves.
    return str(Stemmer.Stemmer(LANGUAGES.get(language, "italian"), 0).stemWord(word))


def _excerpt(body: str, language: str, stems: set[str]) -> list[Part]:
    before: list[str] = []
    shown: list[Part] = []
    left = 2 * AROUND
    for piece in _pieces(body, language, stems):
        if not shown and not piece.hit:
            before.append(piece.text)
            continue
        shown.append(piece)
        left -= len(piece.text)
        if left < 0:
            break
    if not shown:
        beginning = text.excerpt_of(body, 2 * AROUND)
        return [Part(beginning, hit=False)] if beginning else []
    shown.insert(0, Part(_tail("".join(before)), hit=False))
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
        folded = text.fold(match[0])[:LONGEST_WORD]
        if _stem(folded, language) in stems:
            yield Part(body[last : match.start()], hit=False)
            yield Part(match[0], hit=True)
            last = match.end()
    yield Part(body[last:], hit=False)
