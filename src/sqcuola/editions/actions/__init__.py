"""What is done to an edition: each action is one transaction, asks its rule first and records its act."""

from sqcuola.editions.actions.answering import answer, ask, set_aside
from sqcuola.editions.actions.barring import bar
from sqcuola.editions.actions.editing import change_seats, create_edition, describe, publish
from sqcuola.editions.actions.entrusting import end_role, give_role, hand_over
from sqcuola.editions.actions.exporting import note_export
from sqcuola.editions.actions.fixing import close_ranking, publish_rules
from sqcuola.editions.actions.founding import found, rename
from sqcuola.editions.actions.inviting import accept, decline, invite, withdraw
from sqcuola.editions.actions.preparing import decided, prepare
from sqcuola.editions.actions.telling import add_figure, add_voice, drop
from sqcuola.editions.actions.timing import (
    add_phase,
    cancel,
    extend_call,
    leave_out_phase,
    move_phase,
    postpone,
)

__all__ = [
    "accept",
    "add_figure",
    "add_phase",
    "add_voice",
    "answer",
    "ask",
    "bar",
    "cancel",
    "change_seats",
    "close_ranking",
    "create_edition",
    "decided",
    "decline",
    "describe",
    "drop",
    "end_role",
    "extend_call",
    "found",
    "give_role",
    "hand_over",
    "invite",
    "leave_out_phase",
    "move_phase",
    "note_export",
    "postpone",
    "prepare",
    "publish",
    "publish_rules",
    "rename",
    "set_aside",
    "withdraw",
]
