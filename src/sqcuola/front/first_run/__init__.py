"""The first page of an empty installation: one code, one school, one person in charge, mail that leaves."""

from datetime import datetime

from sqcuola.editions import opening, queries


def code(at: datetime) -> str:
    """Return a new one-time code for the first page; '' once there is a school."""
    return "" if queries.school() is not None else opening.new_code(at)
