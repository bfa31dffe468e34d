"""Writes of a selection: verb first, the thing first, by whom and when by name."""

from sqcuola.admissions.actions.applying import Saved, begin, drop_aside, save_section, take_aside
from sqcuola.admissions.actions.handing_in import Incomplete, submit, take_up_again, withdraw
from sqcuola.admissions.actions.helping import decide, delete_papers
from sqcuola.admissions.actions.offering import accept, call_up, decline
from sqcuola.admissions.actions.ranking import close_ranking
from sqcuola.admissions.actions.testing import set_test

__all__ = [
    "Incomplete",
    "Saved",
    "accept",
    "begin",
    "call_up",
    "close_ranking",
    "decide",
    "decline",
    "delete_papers",
    "drop_aside",
    "save_section",
    "set_test",
    "submit",
    "take_aside",
    "take_up_again",
    "withdraw",
]
