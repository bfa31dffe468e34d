"""A file in pieces: on a poor line one goes on where it broke, after a reload too.

A room mounts an endpoint of its own under its own rule and calls these; a plain form with a file field does the same in
one go, without JavaScript.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sqcuola.kernel import ids, jobs
from sqcuola.kernel.files import kinds as known
from sqcuola.kernel.files import pieces
from sqcuola.kernel.files.kinds import Kind
from sqcuola.kernel.files.taking import LIMIT, MEGABYTE, UnfitError, judge_size, not_kept, take
from sqcuola.kernel.models import PartialFile, StoredFile

PIECE: Final = 5 * MEGABYTE
LASTS: Final = timedelta(days=2)
AT_ONCE: Final = 5  # files that one person may have on their way


class MisfitError(Exception):
    """A piece that does not begin where the last one ended; `received` is where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


def begin(name: str, size: int, *, room: str, by: Any, at: datetime, limit: int = LIMIT) -> PartialFile:
    """Open a way for a file of `size` bytes; its token is what the pieces are sent with. Raises UnfitError."""
    judge_size(size, limit)
    with transaction.atomic():
        waiting = PartialFile.objects.filter(account_id=by.pk).order_by("-begun_at")[AT_ONCE - 1 :]
        try:
            for old in waiting:
                pieces.drop(old)
        except OSError as problem:
            raise not_kept(problem) from problem
        return PartialFile.objects.create(
            token=ids.token(), room=room, account_id=by.pk, name=name[:160], size=size, begun_at=at
        )


def found(token: str, *, room: str, by: Any) -> PartialFile | None:
    """Return a person's own file on its way, or None."""
    return PartialFile.objects.filter(token=token, room=room, account_id=by.pk).first()


def append(partial: PartialFile, piece: bytes, *, offset: int) -> int:
    """Add the piece that begins at `offset`, and return how much is safe now.

    Raises MisfitError, UnfitError, PartialFile.DoesNotExist. The same piece again, sent because an answer was lost, is
    a MisfitError that says where to go on.
    """
    with transaction.atomic():
        held = PartialFile.objects.select_for_update().get(pk=partial.pk)
        if offset != held.received:
            raise MisfitError(held.received)
        if len(piece) > PIECE or held.received + len(piece) > held.size:
            raise UnfitError(_("More has arrived than was announced: choose the file again."))
        try:
            whole = pieces.is_whole(held)
            if whole:
                pieces.write(held, piece, offset)
        except OSError as problem:
            raise not_kept(problem) from problem
        held.received = held.received + len(piece) if whole else 0
        held.save(update_fields=["received"])
    if not whole:
        raise MisfitError(0)
    return held.received


def finish(
    partial: PartialFile,
    *,
    by: Any,
    at: datetime,
    kinds: Sequence[Kind] = (known.PICTURE, known.PDF),
    limit: int = LIMIT,
) -> StoredFile:
    """Take the file once all of it is here, and once only. Raises MisfitError, UnfitError, PartialFile.DoesNotExist.

    What does not fit is given up: it would not fit the next time either.
    """
    try:
        with transaction.atomic():
            held = PartialFile.objects.select_for_update().get(pk=partial.pk)
            if held.received != held.size or not pieces.is_whole(held):
                raise MisfitError(held.received if pieces.is_whole(held) else 0)
            with pieces.opened(held) as whole:
                upload = File(whole, name=held.name)
                file = take(upload, room=held.room, by=by, at=at, kinds=kinds, limit=limit)
            pieces.drop(held)
            return file
    except UnfitError:
        with suppress(OSError):  # what cannot be dropped now is dropped on schedule
            pieces.drop(partial)
        raise
    except OSError as problem:
        raise not_kept(problem) from problem


@jobs.every(
    timedelta(hours=6),
    name="kernel.drop-unfinished-files",
    says=gettext_lazy("drops files that stopped arriving"),
)
def drop_unfinished(at: datetime) -> None:
    """Drop files that stopped arriving two days ago, and bytes that belong to none."""
    for partial in PartialFile.objects.filter(begun_at__lt=at - LASTS):
        pieces.drop(partial)
    awaited = set(PartialFile.objects.values_list("token", flat=True))
    pieces.drop_strays(awaited, at - LASTS)
