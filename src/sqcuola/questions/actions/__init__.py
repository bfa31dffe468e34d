"""Writes of tests: verb first, the thing first, by whom and when by name."""

from sqcuola.questions.actions.allowing import allow
from sqcuola.questions.actions.answering import Saved, mark_for_review, save_answer
from sqcuola.questions.actions.blueprints import Shape, change_blueprint, create_blueprint
from sqcuola.questions.actions.ending import end_what_ran_out, hand_in
from sqcuola.questions.actions.starting import begin, start, start_trial

__all__ = [
    "Saved",
    "Shape",
    "allow",
    "begin",
    "change_blueprint",
    "create_blueprint",
    "end_what_ran_out",
    "hand_in",
    "mark_for_review",
    "save_answer",
    "start",
    "start_trial",
]
