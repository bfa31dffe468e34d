"""What a selection keeps about people. A withdrawn or erased applicant leaves nothing but a number in a closed ranking."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sqcuola.admissions.models import (
    Accommodation,
    Application,
    ApplicationFile,
    CvClaim,
    Draft,
    Letter,
    LetterAnswer,
    Offer,
    Ranking,
    RankingLine,
)
from sqcuola.admissions.queries.reading import letter_read
from sqcuola.kernel.privacy import NOTHING, Basis, Entry, Fate, register
from sqcuola.marking.models import Paper
from sqcuola.people.models import Person

TWO_YEARS = _("two years after the ranking is closed")
SELECT = _("to choose who enters the class")


def _letter(letter: Letter) -> Mapping[str, Any]:
    """Return what was read; what it was given too, once the ranking is closed: before that it is nobody's to know."""
    closed = letter.application.edition.ranking_closed_at
    read = letter_read(letter.application, closed) if closed else []
    return {
        "paper": letter.paper.body,
        "read": [
            {"points": {one.words: points for one, points in sheet.marks}, "words": sheet.words}
            for sheet in read
        ],
    }


def forget_papers(person: Person, _at: datetime) -> None:
    """Delete what was read of somebody, with what was given for it: the words are theirs."""
    Paper.objects.filter(pk__in=Letter.objects.filter(application__person=person).values("paper")).delete()


register(
    Entry(
        model=Letter,
        purpose=SELECT,
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=TWO_YEARS,
        rows="application__person",
        exported=_letter,
        erase=forget_papers,
    ),
    Entry(
        model=Offer,
        purpose=_("to give the seats in the order of the ranking"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=TWO_YEARS,
        rows="application__person",
        exported=("made_at", "deadline", "state", "answered_at"),
    ),
    Entry(
        model=RankingLine,
        purpose=SELECT,
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=TWO_YEARS,
        rows="application__person",
        exported=("place", "points", "test_points", "letter_points", "cv_points", "lot", "decided_by"),
    ),
    Entry(
        model=Ranking,
        purpose=_("to know who closed a ranking"),
        basis=Basis.INTEREST,
        fate=Fate.ANONYMOUS,
        until=_("as long as the edition"),
        rows="closed_by",
        exported=NOTHING,
        why=_("the ranking is of others; who closed it stands in the acts, by a code"),
        blank={"closed_by": None},
    ),
    Entry(
        model=Accommodation,
        purpose=_("to let everybody take the test on a par"),
        basis=Basis.CONSENT,
        fate=Fate.ERASED,
        until=_(
            "the words 90 days after the decision, or the test if there was none; what was granted with the application"
        ),
        rows="application__person",
        exported=("wanted_percent", "wanted", "asked_at", "decided_at", "granted_percent", "granted"),
    ),
    Entry(
        model=ApplicationFile,
        purpose=_("to see what a CV point is claimed for, and what somebody needs at the test"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=_(
            "evidence with the application; papers 90 days after the decision or the test, 30 days after a call to which nothing was handed in, until the call closes where it was withdrawn"
        ),
        rows="application__person",
        exported=("item", "file", "digest", "added_at", "handed_in_at", "removed_at"),
    ),
    Entry(
        model=LetterAnswer,
        purpose=SELECT,
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=TWO_YEARS,
        rows="application__person",
        exported=("question", "words"),
    ),
    Entry(
        model=CvClaim,
        purpose=SELECT,
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=TWO_YEARS,
        rows="application__person",
        exported=("item", "number", "evidence"),
    ),
    Entry(
        model=Draft,
        purpose=_("to keep what is typed before it is handed in"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=TWO_YEARS,
        rows="application__person",
        exported=("section", "typed", "aside", "saved_at"),
    ),
    Entry(
        model=Application,
        purpose=SELECT,
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=TWO_YEARS,
        rows="person",
        exported=(
            "code",
            "test_code",
            "channel",
            "born",
            "shown_as",
            "consented_at",
            "started_at",
            "submitted_at",
            "withdrawn_at",
            "digest",
            "cv_points",
        ),
    ),
)
