"""How this room's rows move when two accounts of one person become one."""

from datetime import datetime

from sqcuola.classroom.models import ClassInvitation
from sqcuola.people import merging
from sqcuola.people.models import Person


def move(stays: Person, goes: Person, _at: datetime) -> None:
    """Move invitations: of two that wait for an answer in one class, one stays."""
    merging.carry(ClassInvitation, "person", stays, goes, once=("group", "state"))
    ClassInvitation.objects.filter(by=goes).update(by=stays)


def register() -> None:
    """Tell `people` how."""
    merging.register("classroom", move)
