"""Rows of the question bank and of the tests drawn from it."""

from sqcuola.questions.models.attempt import Allowance, Attempt, AttemptQuestion
from sqcuola.questions.models.bank import Bank, Markup, Option, Question
from sqcuola.questions.models.blueprint import Blueprint, BlueprintLine
from sqcuola.questions.models.imports import ImportItem, ImportRun
from sqcuola.questions.models.log import AnswerEntry

__all__ = [
    "Allowance",
    "AnswerEntry",
    "Attempt",
    "AttemptQuestion",
    "Bank",
    "Blueprint",
    "BlueprintLine",
    "ImportItem",
    "ImportRun",
    "Markup",
    "Option",
    "Question",
]
