"""Writes of a selection: verb first, the thing first, by whom and when by name."""

from sqcuola.admissions.actions.applying import Saved, begin, drop_aside, save_section, take_aside
from sqcuola.admissions.actions.asking import add_asked, change_asked, move_asked, take_asked_away
from sqcuola.admissions.actions.filing import (
    Arrived,
    add_file,
    add_piece,
    begin_pieces,
    drop_strays,
    take_file_away,
)
from sqcuola.admissions.actions.handing_in import Incomplete, prove, submit, take_up_again, withdraw
from sqcuola.admissions.actions.helping import decide, delete_papers
from sqcuola.admissions.actions.offering import accept, call_up, decline, end_line
from sqcuola.admissions.actions.ranking import close_ranking
from sqcuola.admissions.actions.reading import give_out_letters
from sqcuola.admissions.actions.testing import remind, set_test

__all__ = [
    "Arrived",
    "Incomplete",
    "Saved",
    "accept",
    "add_asked",
    "add_file",
    "add_piece",
    "begin",
    "begin_pieces",
    "call_up",
    "change_asked",
    "close_ranking",
    "decide",
    "decline",
    "delete_papers",
    "drop_aside",
    "drop_strays",
    "end_line",
    "give_out_letters",
    "move_asked",
    "prove",
    "remind",
    "save_section",
    "set_test",
    "submit",
    "take_aside",
    "take_asked_away",
    "take_file_away",
    "take_up_again",
    "withdraw",
]
