"""How this room's rows move when two accounts of one person become one."""

from datetime import datetime

from django.utils.translation import gettext as _

from sqcuola.kernel.verdicts import Refused
from sqcuola.marking.models import Apart, Assignment
from sqcuola.people import merging
from sqcuola.people.models import Person


def move(stays: Person, goes: Person, _at: datetime) -> None:
    """Move what both read; refuse where both read the same paper: two readings of one person would count as two people's."""
    theirs = Assignment.objects.filter(reader=goes)
    if Assignment.objects.filter(reader=stays, paper__in=theirs.values("paper")).exists():
        raise Refused(
            _("The same paper was given to both accounts, and only one can count. Write to the school.")
        )
    theirs.update(reader=stays)
    merging.carry(Apart, "person", stays, goes, once=("paper",))


def register() -> None:
    """Tell `people` how."""
    merging.register("marking", move)
