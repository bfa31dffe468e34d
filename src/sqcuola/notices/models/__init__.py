"""Notices to one person, the words they are said with, and letters to a list of people."""

from sqcuola.notices.models.letter import Message, Receiver
from sqcuola.notices.models.notice import Hours, Notice, Preference
from sqcuola.notices.models.text import EditedText

__all__ = ["EditedText", "Hours", "Message", "Notice", "Preference", "Receiver"]
