"""What is recorded of reading: numbers and digests. Whose papers they are is not known here, and which somebody read stands in no act."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sqcuola.kernel.acts import Topic, verb
from sqcuola.kernel.ids import Digest

READING = Topic("reading", _("The reading"))


@verb(
    "papers-made",
    audience="staff",
    sentence=_("{papers} papers are ready to be read, without a name"),
    topic=READING,
    many=_("Papers were made ready to be read"),
)
@dataclass(frozen=True, slots=True)
class PapersMade:
    round: int
    papers: int
    digest: Digest


@verb(
    "papers-given",
    audience="staff",
    sentence=_("{actor} gave out the papers: {readers} people read"),
    topic=READING,
    many=_("Papers were given out to read"),
)
@dataclass(frozen=True, slots=True)
class PapersGiven:
    round: int
    readers: int
    digest: Digest


@verb(
    "paper-returned",
    audience="staff",
    sentence=_("{actor} cannot judge one of the papers, and it went to somebody else"),
    topic=READING,
    many=ngettext_lazy("A paper went to another reader", "%(n)s papers went to other readers", "n"),
)
@dataclass(frozen=True, slots=True)
class PaperReturned:
    round: int


@verb(
    "reading-closed",
    audience="staff",
    sentence=_("{actor} closed their reading"),
    topic=READING,
    many=ngettext_lazy("One person closed their reading", "%(n)s people closed their reading", "n"),
)
@dataclass(frozen=True, slots=True)
class ReadingClosed:
    round: int
    papers: int
