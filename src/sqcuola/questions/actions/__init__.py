"""Writes of tests: verb first, the thing first, by whom and when by name."""

from sqcuola.questions.actions.allowing import allow
from sqcuola.questions.actions.answering import Saved, mark_for_review, save_answer
from sqcuola.questions.actions.ending import end_what_ran_out, hand_in
from sqcuola.questions.actions.starting import begin, start, start_trial

__all__ = [
    "Saved",
    "allow",
    "begin",
    "end_what_ran_out",
    "hand_in",
    "mark_for_review",
    "save_answer",
    "start",
    "start_trial",
]
