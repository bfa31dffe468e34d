"""Rows of a selection, from the first word a person types to the seat they hold."""

from sqcuola.admissions.models.application import Application, Draft
from sqcuola.admissions.models.asked import CvClaim, CvItem, LetterAnswer, LetterQuestion
from sqcuola.admissions.models.file import ApplicationFile, Place
from sqcuola.admissions.models.help import Accommodation
from sqcuola.admissions.models.result import Offer, Ranking, RankingLine
from sqcuola.admissions.models.test import Test

__all__ = [
    "Accommodation",
    "Application",
    "ApplicationFile",
    "CvClaim",
    "CvItem",
    "Draft",
    "LetterAnswer",
    "LetterQuestion",
    "Offer",
    "Place",
    "Ranking",
    "RankingLine",
    "Test",
]
