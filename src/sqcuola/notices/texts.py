r"""The automatic texts of the house: each is registered by the room that says it, in both languages, with its fields.

    texts.register(
        "admissions.receipt",
        title=_("Receipt of an application"),
        subject=_("Your application has arrived: {code}"),
        body=_("Hello {name},\n\n…\n\nSee it: {url}"),
        fields={"code": Field(_("the code of the application"), "K7M2QX")},
        stage=Phase.Kind.CALL,
        needs=("code",),
    )

{name}, {edition}, {school} and {url} are there in every text; without what it `needs` a mail is of no use, and is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sqcuola.editions.models import Phase
from sqcuola.notices.models import EditedText, Preference

Words = str | Promise
How = Preference.How
FIELD: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Field:
    """A word that is filled in: what it is, and how it may read in a preview."""

    label: Words
    sample: Words


COMMON: Final[Mapping[str, Field]] = {
    "name": Field(_("the reader’s name"), "Nives"),
    "edition": Field(_("the edition"), _("Class III")),
    "school": Field(_("the school"), "SQcuola"),
    "url": Field(_("the page it is about"), "https://scuola.example/e/terza/"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """One automatic text.

    `how` is what we propose, and what holds where there is no `choice`: what comes once is no matter of taste. A `firm` one
    leaves at once at any hour: who misses it loses something. `stage` is where it is
    listed, None at any time; `needs` are the fields its words must have; of one that is `nameless` nobody knows the reader's name.
    """

    key: str
    title: Words
    subject: Words
    body: Words
    fields: Mapping[str, Field]
    how: Preference.How
    choice: bool
    firm: bool
    stage: Phase.Kind | None
    needs: tuple[str, ...]
    nameless: bool

    @property
    def all_fields(self) -> Mapping[str, Field]:
        """Return the text's own fields and those that are always there."""
        common = {name: field for name, field in COMMON.items() if name != "name" or not self.nameless}
        return {**self.fields, **common}

    def unknown(self, words: str) -> list[str]:
        """Return the names in braces that this text cannot fill."""
        return sorted({name for name in FIELD.findall(words) if name not in self.all_fields})

    def lacking(self, words: str) -> list[str]:
        """Return the fields this text needs and these words do not have."""
        return [name for name in self.needs if name not in FIELD.findall(words)]

    def samples(self, language: str, **known: str) -> dict[str, str]:
        """Return a value for each field, for a preview; `known` are those that need no sample."""
        with translation.override(language):
            return {**{name: str(field.sample) for name, field in self.all_fields.items()}, **known}


@dataclass(frozen=True, slots=True)
class Said:
    """Subject and body, ready to be read."""

    subject: str
    body: str


_texts: dict[str, Text] = {}


def register(  # noqa: PLR0913 - a text has as many parts, each by name
    key: str,
    *,
    title: Words,
    subject: Words,
    body: Words,
    fields: Mapping[str, Field] | None = None,
    how: Preference.How = How.NOW,
    choice: bool = True,
    firm: bool = False,
    stage: Phase.Kind | None = None,
    needs: tuple[str, ...] = (),
    nameless: bool = False,
) -> Text:
    """Add an automatic text; `key` is "room.what".

    Raises ValueError for a field in its words that it does not name, and for one that it needs and does not say.
    """
    if key in _texts:
        raise ValueError(f"The text {key} is registered twice.")
    text = Text(
        key, title, subject, body, fields or {}, how, choice and not firm, firm, stage, needs, nameless
    )
    with translation.override("en"):
        if unknown := text.unknown(f"{subject} {body}"):
            raise ValueError(f"The text {key} names fields it does not have: {', '.join(unknown)}.")
        if lacking := text.lacking(f"{subject} {body}"):
            raise ValueError(f"The text {key} needs fields it does not say: {', '.join(lacking)}.")
    _texts[key] = text
    return text


def named(key: str) -> Text:
    """Return the text of that key; KeyError if no room registered it."""
    return _texts[key]


def exists(key: str) -> bool:
    return key in _texts


def all_texts() -> list[Text]:
    """Return every text, by room and in the order of registration."""
    return sorted(_texts.values(), key=lambda text: text.key.partition(".")[0])


def ours(text: Text, language: str) -> Said:
    """Return the words the house proposes, with their fields still in braces."""
    with translation.override(language):
        return Said(str(text.subject), str(text.body))


def words_of(text: Text, edition_id: int | None, language: str) -> Said:
    """Return the words an edition says it with: its own, or ours. Their fields are still in braces."""
    if edition_id is not None:
        edited = EditedText.objects.filter(edition=edition_id, key=text.key, language=language).first()
        if edited is not None:
            return Said(edited.subject, edited.body)
    return ours(text, language)


def fill(words: str, values: Mapping[str, str]) -> str:
    """Put values into the fields; a name in braces that has none stays as it is. A value is never looked into."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), words)


def filled(said: Said, values: Mapping[str, str]) -> Said:
    """Fill subject and body."""
    return Said(fill(said.subject, values), fill(said.body, values))
