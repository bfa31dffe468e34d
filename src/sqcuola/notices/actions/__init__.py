"""What can be done in this room."""

from sqcuola.notices.actions.choosing import choose
from sqcuola.notices.actions.editing import back_to_ours, edit
from sqcuola.notices.actions.reading import open_notice, see_all
from sqcuola.notices.actions.telling import tell
from sqcuola.notices.actions.writing import send, send_test, take_back

__all__ = [
    "back_to_ours",
    "choose",
    "edit",
    "open_notice",
    "see_all",
    "send",
    "send_test",
    "take_back",
    "tell",
]
