"""Files: taken in with a sentence when they do not fit, prepared by a job, handed out so that nothing in them can act.

There is no general url: the owning room's view asks its own rule, then returns `response(file)`.
"""

from sqcuola.kernel.files.chunks import PIECE, MisfitError, append, begin, finish, found
from sqcuola.kernel.files.kinds import DOCUMENT, PDF, PICTURE, TEXT, Kind
from sqcuola.kernel.files.pieces import drop
from sqcuola.kernel.files.sending import response
from sqcuola.kernel.files.taking import (
    LIMIT,
    MEGABYTE,
    UnfitError,
    delete,
    discard,
    forget,
    held,
    judge_size,
    read,
    take,
)
from sqcuola.kernel.models import StoredFile

__all__ = [
    "DOCUMENT",
    "LIMIT",
    "MEGABYTE",
    "PDF",
    "PICTURE",
    "PIECE",
    "TEXT",
    "Kind",
    "MisfitError",
    "StoredFile",
    "UnfitError",
    "append",
    "begin",
    "delete",
    "discard",
    "drop",
    "finish",
    "forget",
    "found",
    "held",
    "judge_size",
    "read",
    "response",
    "take",
]
