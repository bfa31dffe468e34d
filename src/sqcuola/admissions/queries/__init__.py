"""Reads of a selection. A person's own, always; others' only through the queries for staff."""

from sqcuola.admissions.queries.applying import (
    Lacking,
    asks_for,
    changed_since,
    drafts_of,
    files_of,
    filled,
    form_for,
    lacking,
    last_saved,
    own,
    own_alone,
    own_or_none,
    published,
    sections_of,
)

__all__ = [
    "Lacking",
    "asks_for",
    "changed_since",
    "drafts_of",
    "files_of",
    "filled",
    "form_for",
    "lacking",
    "last_saved",
    "own",
    "own_alone",
    "own_or_none",
    "published",
    "sections_of",
]
