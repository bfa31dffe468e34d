"""Rows of a selection, from the first word a person types to the seat they hold."""

from sqcuola.admissions.models.application import Application, Draft
from sqcuola.admissions.models.asked import (
    PARTS,
    Asked,
    CvClaim,
    CvItem,
    LetterAnswer,
    LetterQuestion,
    Part,
    part_with,
)
from sqcuola.admissions.models.file import ApplicationFile, Place
from sqcuola.admissions.models.help import Accommodation
from sqcuola.admissions.models.reading import Letter, Weights
from sqcuola.admissions.models.result import Offer, Ranking, RankingLine
from sqcuola.admissions.models.test import Test

__all__ = [
    "PARTS",
    "Accommodation",
    "Application",
    "ApplicationFile",
    "Asked",
    "CvClaim",
    "CvItem",
    "Draft",
    "Letter",
    "LetterAnswer",
    "LetterQuestion",
    "Offer",
    "Part",
    "Place",
    "Ranking",
    "RankingLine",
    "Test",
    "Weights",
    "part_with",
]
