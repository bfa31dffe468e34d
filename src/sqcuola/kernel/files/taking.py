"""Taking a file in: measured, sniffed, written, and only then known. What does not fit is refused with a sentence."""

import functools
import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sqcuola.kernel import errors, ids, jobs
from sqcuola.kernel.files import kinds as known
from sqcuola.kernel.files import pieces
from sqcuola.kernel.files.kinds import Kind
from sqcuola.kernel.models import PartialFile, StoredFile

MEGABYTE: Final = 1024 * 1024
LIMIT: Final = 10 * MEGABYTE
READ: Final = 256 * 1024
State = StoredFile.State

log = logging.getLogger("sqcuola.files")


class UnfitError(ValidationError):
    """A file that cannot be taken, and why, in a sentence for who sent it. A form shows it at its field."""


def take(
    upload: File[bytes],
    *,
    room: str,
    by: Any,
    at: datetime,
    kinds: Sequence[Kind] = (known.PICTURE, known.PDF),
    limit: int = LIMIT,
) -> StoredFile:
    """Keep an uploaded file and return its row, or raise UnfitError and keep nothing.

    `by` is whose file it is (None: the school's own). Pictures are shown only after a job has drawn them anew. The row
    is made in the caller's transaction; bytes without a row are swept away a day later.
    """
    kind = _judge(upload, kinds, limit)
    digest = _digest(upload)
    place = _keep(upload, digest, known.ENDINGS[kind])
    file = StoredFile.objects.create(
        room=room,
        account_id=by.pk if by else None,
        name=_called(upload.name or "", known.ENDINGS[kind]),
        kind=kind,
        size=upload.size,
        digest=digest,
        place=place,
        state=State.WAITING if kind.startswith("image/") else State.READY,
        uploaded_at=at,
    )
    if file.state == State.WAITING:
        prepare.enqueue(file.pk)
    return file


def judge_size(size: int, limit: int = LIMIT) -> None:
    """Raise UnfitError for a file that holds nothing, or more than fits."""
    if not size:
        raise UnfitError(_("This file is empty: choose another one."))
    if size > limit:
        raise UnfitError(
            _("This file is too big: it has %(size)s, and at most %(limit)s fit here.")
            % {"size": filesizeformat(size), "limit": filesizeformat(limit)}
        )


def not_kept(problem: OSError) -> UnfitError:
    """Return the refusal for a disk or bucket that did not take a file, and tell who looks after the machine."""
    log.error("A file could not be written: %s.", problem)
    if errors.no_room_left(problem):
        return UnfitError(
            _(
                "We have no room left for files, and this one was not kept. We have been told: try again in an hour."
            )
        )
    return UnfitError(_("This file was not kept: where we keep files nobody answers. Try again in a minute."))


def _judge(upload: File[bytes], kinds: Sequence[Kind], limit: int) -> str:
    judge_size(upload.size, limit)
    kind = known.sniff(upload.file or upload)
    if not any(kind in wanted.types for wanted in kinds):
        raise UnfitError(
            _("This file is of another kind: here goes %(kinds)s.") % {"kinds": known.one_of(kinds)}
        )
    return kind


def _pieces(file: File[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(READ):
        yield piece
    file.seek(0)


def _digest(file: File[bytes]) -> str:
    found = hashlib.sha256()
    for piece in _pieces(file):
        found.update(piece)
    return found.hexdigest()


def _keep(file: File[bytes], digest: str, ending: str) -> str:
    """Write the bytes, and return where. When that fails nothing stays behind; what cannot be removed now is swept away."""
    storage = storages["default"]
    place = f"{digest[:2]}/{digest}-{ids.code(8)}.{ending}"
    try:
        return str(storage.save(place, file))
    except OSError as problem:
        with suppress(OSError):
            storage.delete(place)
        raise not_kept(problem) from problem


def _called(name: str, ending: str) -> str:
    """Return a name that is safe to hand out: no folders, no control characters, the ending that its content has."""
    stem = PurePath(name.replace("\\", "/")).name
    stem = "".join(letter for letter in stem if letter.isprintable()).strip(" .")
    stem = stem.rpartition(".")[0] or stem or "file"
    return f"{stem[:120]}.{ending}"


def read(file: StoredFile) -> File[bytes]:
    """Open a stored file for reading; the caller closes it."""
    opened: File[bytes] = storages["default"].open(file.place)
    return opened


def delete(files: QuerySet[StoredFile]) -> int:
    """Delete files, rows and bytes; return how many. Raises OSError where they lie: it is said of none that is still there."""
    count = 0
    for file in files:
        storages["default"].delete(file.place)
        file.delete()
        count += 1
    return count


def discard(files: QuerySet[StoredFile]) -> None:
    """Delete files that one no longer wants: rows in the caller's transaction, bytes when it is committed.

    So nothing that one does meanwhile fails with the place of files, and what is taken back has its files. Bytes that cannot
    be removed then are swept away.
    """
    for file in files:
        transaction.on_commit(functools.partial(_remove, file.place))
        file.delete()


def _remove(place: str) -> None:
    try:
        storages["default"].delete(place)
    except OSError as problem:
        log.error("A file could not be removed, and waits to be swept: %s.", problem)  # noqa: TRY400 - it says all


def held(person: Any, *, room: str) -> int:
    """Return how many bytes of a person lie in a room, with what was announced and is on its way."""
    theirs: dict[str, Any] = {"account_id": person.pk, "room": room}
    sums = (
        StoredFile.objects.filter(**theirs).aggregate(all=Sum("size")),
        PartialFile.objects.filter(**theirs).aggregate(all=Sum("size")),
    )
    return sum(found["all"] or 0 for found in sums)


def forget(person: Any) -> None:
    """Delete every file of a person, and what is on its way."""
    delete(StoredFile.objects.filter(account_id=person.pk))
    for partial in PartialFile.objects.filter(account_id=person.pk):
        pieces.drop(partial)


@jobs.job("kernel.prepare-picture", says=gettext_lazy("prepares a picture that was handed in"))
def prepare(file_id: int) -> None:
    """Draw a picture anew, so that nothing but the picture is left of what was sent; refuse what cannot be drawn."""
    from sqcuola.kernel.files.pictures import draw_anew  # noqa: PLC0415 - only the worker needs it

    file = StoredFile.objects.filter(pk=file_id, state=State.WAITING).first()
    if file is None:
        return
    before = file.place
    with read(file) as original:
        drawn = draw_anew(original)
    if drawn is None:
        StoredFile.objects.filter(pk=file.pk).update(state=State.REFUSED)
        return
    digest = hashlib.sha256(drawn.content).hexdigest()
    ending = known.ENDINGS[drawn.kind]
    place = _keep(drawn.as_file(), digest, ending)
    kept = StoredFile.objects.filter(pk=file.pk, state=State.WAITING).update(
        state=State.READY,
        digest=digest,
        place=place,
        kind=drawn.kind,
        size=len(drawn.content),
        name=_called(file.name, ending),
    )
    storages["default"].delete(before if kept else place)


@jobs.every(
    timedelta(days=1), name="kernel.sweep-files", says=gettext_lazy("removes files that belong to nothing")
)
def sweep(at: datetime) -> None:
    """Remove bytes that no row points at, a day after they were written: their transaction did not end well."""
    storage = storages["default"]
    for folder in storage.listdir("")[0]:
        if len(folder) != 2:  # not ours: pieces that are arriving, a school's own things
            continue
        places = {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
        known_places = set(StoredFile.objects.filter(place__in=places).values_list("place", flat=True))
        for place in places - known_places:
            if storage.get_modified_time(place) < at - timedelta(days=1):
                storage.delete(place)
