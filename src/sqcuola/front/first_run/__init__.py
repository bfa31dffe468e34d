"""The first page of an empty installation: one code, one school, one person in charge, mail that leaves."""

from datetime import datetime

from sqcuola.editions import opening, queries


def code(at: datetime) -> str:
    """Return a new one-time code for the first page, which makes the one before it worthless; '' once there is a school."""
    return "" if queries.school() is not None else opening.new_code(at)


def printed(at: datetime) -> datetime | None:
    """Return when the code that the first page asks for was printed; None where there is none that stands, or a school."""
    return None if queries.school() is not None else opening.printed(at)
