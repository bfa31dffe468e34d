"""What reading keeps about people: who read what, and what they gave. Whose the papers are is known to the room they came from."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.privacy import NOTHING, Basis, Entry, Fate, register
from sqcuola.marking.models import Apart, Assignment, Mark, Sheet

AS_LONG = _("as long as the edition’s results can be questioned")


def _mark(mark: Mark) -> Mapping[str, Any]:
    return {"criterion": mark.criterion.words, "points": mark.points}


register(
    Entry(
        model=Mark,
        purpose=_("to rank by what people wrote"),
        basis=Basis.INTEREST,
        fate=Fate.KEPT,
        until=AS_LONG,
        rows="sheet__assignment__reader",
        exported=_mark,
        why=_("the points belong to who was read, and hang on a reader whose account is empty"),
    ),
    Entry(
        model=Sheet,
        purpose=_("to rank by what people wrote, and to tell them why"),
        basis=Basis.INTEREST,
        fate=Fate.ANONYMOUS,
        until=AS_LONG,
        rows="assignment__reader",
        exported=("words", "saved_at", "closed_at"),
        blank={"words": ""},
        why=_("the points belong to who was read; the words go"),
    ),
    Entry(
        model=Assignment,
        purpose=_("to know who reads what, and that nobody reads twice"),
        basis=Basis.INTEREST,
        fate=Fate.KEPT,
        until=AS_LONG,
        rows="reader",
        exported=("given_at", "returned_at"),
        why=_("without it the points would hang on nothing; the account it names is empty"),
    ),
    Entry(
        model=Apart,
        purpose=_("to keep a paper from who knows its author"),
        basis=Basis.INTEREST,
        fate=Fate.ERASED,
        until=AS_LONG,
        rows="person",
        exported=NOTHING,
        why=_("it would say which paper is whose"),
    ),
)
