"""What the installation itself does and keeps a record of."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sqcuola.kernel.acts import verb
from sqcuola.kernel.ids import Code
from sqcuola.people.acts import KEEPING


@verb(
    "backup-made",
    audience="staff",
    sentence=_("A backup was made: {files} files"),
    topic=KEEPING,
    many=ngettext_lazy("A backup was made", "%(n)s backups were made", "n"),
)
@dataclass(frozen=True, slots=True)
class BackupMade:
    files: int
    size: int


@verb(
    "backup-restored",
    audience="staff",
    sentence=_("The school was brought back from a backup of {made_at}"),
    topic=KEEPING,
    many=_("The school was brought back from a backup"),
)
@dataclass(frozen=True, slots=True)
class BackupRestored:
    made_at: datetime


@verb(
    "job-tried-again",
    audience="staff",
    sentence=_("{actor} had «{job}» tried again"),
    topic=KEEPING,
    many=ngettext_lazy("A piece of work was tried again", "%(n)s pieces of work were tried again", "n"),
)
@dataclass(frozen=True, slots=True)
class JobTriedAgain:
    job: Code


@verb(
    "job-left",
    audience="staff",
    sentence=_("{actor} left «{job}» as it failed"),
    topic=KEEPING,
    many=ngettext_lazy(
        "A piece of work was left as it failed", "%(n)s pieces of work were left as they failed", "n"
    ),
)
@dataclass(frozen=True, slots=True)
class JobLeft:
    job: Code


@verb(
    "letter-sent-again",
    audience="staff",
    sentence=_("{actor} sent letter {letter} again"),
    topic=KEEPING,
    many=ngettext_lazy("A letter was sent again", "%(n)s letters were sent again", "n"),
)
@dataclass(frozen=True, slots=True)
class LetterSentAgain:
    letter: int


@verb(
    "letter-left",
    audience="staff",
    sentence=_("{actor} left letter {letter} as it is"),
    topic=KEEPING,
    many=ngettext_lazy("A letter was left as it is", "%(n)s letters were left as they are", "n"),
)
@dataclass(frozen=True, slots=True)
class LetterLeft:
    letter: int
