"""Reads of notices, texts and letters."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.queries import by_slug
from sqcuola.kernel import lists
from sqcuola.kernel.lists import PeopleList
from sqcuola.kernel.models import Outgoing
from sqcuola.kernel.prepared import prepared
from sqcuola.kernel.verdicts import Missing
from sqcuola.notices import braces, posting, texts
from sqcuola.notices.models import EditedText, Message, Notice, Receiver
from sqcuola.notices.models.text import LANGUAGES
from sqcuola.notices.texts import Said, Text
from sqcuola.people.models import Person


@dataclass(frozen=True, slots=True)
class Line:
    """A notice and what it says."""

    notice: Notice
    words: str


ON_A_DESK = 6
SHOWN = ("person", "key", "kind", "data", "url", "act_id", "mail", "made_at", "seen_at", "edition__title")


def of(person: Person | int) -> QuerySet[Notice]:
    """Return a person's notices, the latest first, each with the title of its edition."""
    mine = Notice.objects.filter(person=person).select_related("edition").only(*SHOWN)
    return mine.order_by("-made_at", "-pk")


def newest_unseen(person: Person, language: str) -> list[Notice]:
    """Return the latest notices a person has not opened, one more than a desk shows, read as by `said_in`."""
    return _unseen(person.pk, language)


@prepared
def _unseen(person: int, language: str) -> QuerySet[Notice]:
    return said_in(language, of(person).filter(seen_at=None))[: ON_A_DESK + 1]


def unseen(person: Person) -> int:
    """Count what a person was told and has not seen."""
    return Notice.objects.filter(person=person, seen_at=None).count()


def own(person: Person, number: int) -> Notice:
    """Load a notice among a person's own."""
    return Notice.objects.get(person=person, pk=number)


def said_in(language: str, notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Return notices with `own_words`: what the edition of each says instead of ours; None where it says ours."""
    edited = EditedText.objects.filter(edition=OuterRef("edition"), key=OuterRef("kind"), language=language)
    return notices.annotate(own_words=Subquery(edited.values("subject")))


def lines(notices: Iterable[Notice], person: Person, language: str) -> list[Line]:
    """Say notices of one person that were read by `said_in` the same language. A kind nobody registers any more is left out."""
    listed = [notice for notice in notices if texts.exists(notice.kind)]
    school = posting.school_name() if listed else ""
    return [_line(notice, person, school, language) for notice in listed]


def _line(notice: Notice, person: Person, school: str, language: str) -> Line:
    own: str | None = notice.own_words  # type: ignore[attr-defined] # said_in
    words = texts.ours(texts.named(notice.kind), language).subject if own is None else own
    values = {
        "name": str(person),
        "edition": notice.edition.title if notice.edition else "",
        "school": school,
        "url": posting.whole(notice.url),
        **notice.data,
    }
    return Line(notice, texts.fill(words, values))


def text_for(person: Person | None, slug: str, key: str) -> tuple[Edition, Text]:
    """Load a text of an edition; the view's rule judges."""
    if not texts.exists(key):
        raise Missing
    return by_slug(person, slug), texts.named(key)


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text as an edition says it to a sample reader, and in which languages with words of its own."""

    text: Text
    subject: str
    own: list[str]


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase of an edition and what is written by itself in it."""

    label: str | Promise
    rows: list[TextRow]


def texts_by_stage(edition: Edition, language: str) -> list[Stage]:
    """Return every text of an edition under its stage, in the order of the dates; last what may come at any time.

    A stage that was left out appears only with what the edition had said there in its own words.
    """
    own: dict[str, dict[str, str]] = {}
    for edited in EditedText.objects.filter(edition=edition).order_by("-language"):
        own.setdefault(edited.key, {})[edited.language] = edited.subject
    rows: dict[str, list[TextRow]] = {}
    known = _known(edition)
    for text in texts.all_texts():
        mine = own.get(text.key, {})
        subject = mine.get(language) or texts.ours(text, language).subject
        row = TextRow(text, texts.fill(subject, text.samples(language, **known)), list(mine))
        rows.setdefault(text.stage or "", []).append(row)
    dated = [phase.kind for phase in sorted(edition.phases.all(), key=lambda phase: phase.begins)]
    left_out = [kind for kind in Phase.Kind if kind not in dated]
    stages = [Stage(Phase.Kind(kind).label, rows.get(kind, [])) for kind in dated]
    stages += [Stage(kind.label, [row for row in rows.get(kind, []) if row.own]) for kind in left_out]
    stages.append(Stage(_("At any time"), rows.get("", [])))
    return [stage for stage in stages if stage.rows]


@dataclass(frozen=True, slots=True)
class SaidIn:
    """Words in one language: as a sample reader gets them, or as they were written."""

    language: str
    spoken: str
    said: Said


def _known(edition: Edition) -> dict[str, str]:
    return {"edition": edition.title, "school": posting.school_name()}


def previews(edition: Edition, text: Text, words: Mapping[str, Said]) -> list[SaidIn]:
    """Return a text as its sample reader would get it, in each language."""
    known = _known(edition)
    return [
        SaidIn(language, spoken, texts.filled(words[language], text.samples(language, **known)))
        for language, spoken in LANGUAGES
    ]


def changed(edition: Edition, text: Text) -> list[SaidIn]:
    """Return what the house would say, in the languages in which an edition says it in its own words."""
    own = set(EditedText.objects.filter(edition=edition, key=text.key).values_list("language", flat=True))
    return [
        SaidIn(language, spoken, _as_written(texts.ours(text, language), language))
        for language, spoken in LANGUAGES
        if language in own
    ]


def as_written(message: Message) -> Said:
    """Return the words of a letter as who reads them here would have typed them: its fields in their language."""
    return _as_written(Said(message.subject, message.body), "")


def _as_written(said: Said, language: str) -> Said:
    return Said(braces.shown(said.subject, language), braces.shown(said.body, language))


def list_for(person: Person | None, slug: str, key: str) -> tuple[Edition, PeopleList]:
    """Load a list of an edition; the view's rule judges."""
    found = lists.named(key)
    if found is None:
        raise Missing
    return by_slug(person, slug), found


def message_for(_person: Person | None, slug: str, number: int) -> Message:
    """Load a letter of an edition; the view's rule judges."""
    return Message.objects.select_related("edition", "by").get(edition__slug=slug, pk=number)


def messages(edition: Edition) -> QuerySet[Message]:
    """Return the letters of an edition, the latest first, each with `many`: to how many it went."""
    return Message.objects.filter(edition=edition).annotate(many=Count("receivers")).order_by("-sent_at")


@dataclass(frozen=True, slots=True)
class Counted:
    """A list and how many stand on it now."""

    people: PeopleList
    many: int


def counted_lists(person: Person, edition: Edition, at: datetime) -> list[Counted]:
    """Return the lists a person may see, with their numbers: a query each."""
    return [
        Counted(people, people.members(edition, person, at).count())
        for people in lists.seen_by(person, edition, at)
    ]


def list_said(key: str, only: Mapping[str, str]) -> str:
    """Return how a list is called, and what it was narrowed by; its key when no room registers it any more."""
    found = lists.named(key)
    if found is None:
        return key
    ways = {way.key: way for way in found.filters}
    narrowed = [
        str(ways[key].says(value) if value else ways[key].label) for key, value in only.items() if key in ways
    ]
    return ", ".join([str(found.title), *narrowed])


@dataclass(frozen=True, slots=True)
class Way:
    """A filter as it is chosen on a page: from options, or typed."""

    key: str
    label: str | Promise
    value: str
    options: Sequence[tuple[str, str | Promise]]


def ways(people: PeopleList, edition: Edition, only: Mapping[str, str]) -> list[Way]:
    """Return how a list can be narrowed, and how it is."""
    return [
        Way(way.key, way.label, only.get(way.key, ""), way.options(edition) if way.options else ())
        for way in people.filters
    ]


def receivers(message: Message) -> QuerySet[Receiver]:
    """Return whom a letter goes to, first those from whom it came back."""
    back = Case(When(outgoing__state="bounced", then=0), default=1)
    return message.receivers.select_related("person", "outgoing").order_by(back, "person__name", "pk")


def fates(message: Message) -> Counter[str]:
    """Count a letter's receivers by how their mail fared; "waiting" before it was put into the outbox."""
    states = message.receivers.values_list("outgoing__state", flat=True)
    return Counter(state or "waiting" for state in states)


@dataclass(frozen=True, slots=True)
class Fared:
    """How a letter fares, in figures: what arrived, what came back, what is under way, what nobody knows."""

    sent: int
    bounced: int
    uncertain: int
    waiting: int


def fared(message: Message) -> Fared:
    """Return the figures of a letter; what is being sent is still under way."""
    counted = fates(message)
    return Fared(
        sent=counted["sent"],
        bounced=counted["bounced"],
        uncertain=counted["uncertain"],
        waiting=counted["waiting"] + counted["sending"],
    )


def receiver_rows(message: Message) -> Iterator[list[str]]:
    """Yield the rows of a file: the heading, then each receiver and how their mail fared."""
    states = {value: str(label) for value, label in Outgoing.State.choices}
    yield [pgettext("column", "name"), pgettext("column", "mail address"), pgettext("column", "mail")]
    listed = message.receivers.select_related("person", "outgoing").order_by("person__name", "pk")
    for one in listed.iterator(chunk_size=lists.CHUNK):
        yield [str(one.person), one.person.email, states[one.outgoing.state] if one.outgoing else ""]
