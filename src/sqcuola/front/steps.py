"""How one enters: a step for each phase of the selection that this edition has, in its own figures."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.editions import queries
from sqcuola.editions.models import Edition, Phase
from sqcuola.ui.dates import deadline, moment


@dataclass(frozen=True, slots=True)
class Step:
    """One step, as the component `steps` shows it: what one does, and when, in words."""

    title: str
    line: str
    when: str
    state: str = ""


def of(edition: Edition, questions: int) -> list[Step]:
    """Return the steps of an edition in the order they are taken, by the clocks that are current.

    `questions` is how many the letter has.
    """
    made = {
        Phase.Kind.CALL: _telling,
        Phase.Kind.ASSESSMENT: _testing,
        Phase.Kind.READING: _being_read,
        Phase.Kind.RANKING: _ranking,
    }
    found = []
    for kind, say in made.items():
        phase = queries.phase(edition, kind)
        if phase is not None:
            title, line, when, is_end = say(phase, questions)  # an end is a first refused instant
            said = _("by %(day)s") % {"day": deadline(when)} if is_end else moment(when)
            found.append(Step(title, line, said))
    return found


def _telling(phase: Phase, asked: int) -> tuple[str, str, datetime, bool]:
    line = _("Who you are and what you have done. It can be done in two sittings, also from the phone.")
    if asked:
        line = ngettext(
            "%(n)d question, the same for everybody. It can be done in two sittings, also from the phone.",
            "%(n)d questions, the same for everybody. It can be done in two sittings, also from the phone.",
            asked,
        ) % {"n": asked}
    return _("You tell us about you"), line, phase.ends, True


def _testing(phase: Phase, _asked: int) -> tuple[str, str, datetime, bool]:
    line = _(
        "Every answer is saved as you give it, also when the line drops. You can try before, without obligation."
    )
    return _("You take the test"), line, phase.begins, False


def _being_read(phase: Phase, _asked: int) -> tuple[str, str, datetime, bool]:
    return (
        _("Two people read you"),
        _("Without knowing who you are, by criteria that do not change."),
        phase.ends,
        True,
    )


def _ranking(phase: Phase, _asked: int) -> tuple[str, str, datetime, bool]:
    line = _("Only the admitted are public. You see your own points, one by one, and why.")
    return _("The ranking"), line, phase.ends, True
