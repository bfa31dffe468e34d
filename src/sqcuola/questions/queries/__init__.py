"""Reads of tests. A person's own only; the bank's are for staff."""

from sqcuola.questions.queries.log import LOG, given, given_by_attempt
from sqcuola.questions.queries.results import result, score_all
from sqcuola.questions.queries.sitting import Sitting, allowance_of, asks, by_code, minutes_with, sitting

__all__ = [
    "LOG",
    "Sitting",
    "allowance_of",
    "asks",
    "by_code",
    "given",
    "given_by_attempt",
    "minutes_with",
    "result",
    "score_all",
    "sitting",
]
