"""How notices move when two accounts of one person become one."""

from datetime import datetime

from sqcuola.notices.models import EditedText, Hours, Message, Notice, Preference, Receiver
from sqcuola.people import merging
from sqcuola.people.models import Person


def move(stays: Person, goes: Person, _at: datetime) -> None:
    """Move what the person was told and written; how they want to hear of things stays as the account that stays says."""
    merging.carry(Notice, "person", stays, goes, once=("key",))
    merging.carry(Preference, "person", stays, goes, once=("kind",))
    merging.carry(Hours, "person", stays, goes)
    merging.carry(Receiver, "person", stays, goes, once=("message",))
    for model in (Message, EditedText):
        model.objects.filter(by=goes).update(by=stays)


def register() -> None:
    """Let two accounts with notices become one."""
    merging.register("notices", move)
