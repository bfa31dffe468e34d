"""Files of an application: added whole or in pieces, taken away, frozen by handing in."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.files import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from sqcuola.admissions import rules
from sqcuola.admissions.models import Application, ApplicationFile, Place
from sqcuola.kernel import files, ids
from sqcuola.kernel.files import StoredFile
from sqcuola.kernel.models import PartialFile
from sqcuola.kernel.verdicts import Missing
from sqcuola.people.models import Person

ROOM: Final = "admissions"
TOTAL: Final = 60 * files.MEGABYTE  # of one person, in all their applications
CODE: Final = 16


@dataclass(frozen=True, slots=True)
class Arrived:
    """How much of a file is safe; `file` once it is all there."""

    received: int
    file: ApplicationFile | None


def add_file(place: Place, upload: File[bytes], *, by: Person, at: datetime) -> ApplicationFile:
    """Keep a file in its place; the same one twice is there once. Raises files.UnfitError, and keeps nothing then."""
    rules.may_add_file(by, place, at).or_refuse()
    with transaction.atomic():
        _hold(place)
        rules.may_add_file(by, place, at).or_refuse()
        _judge_room(by, upload.size)
        return _put(place, files.take(upload, room=ROOM, by=by, at=at), ids.code(CODE), at)


def begin_pieces(place: Place, name: str, size: int, *, by: Person, at: datetime) -> PartialFile:
    """Open a way for a file in pieces. Raises files.UnfitError."""
    rules.may_add_file(by, place, at).or_refuse()
    files.judge_size(size)
    _judge_room(by, size)
    return files.begin(name, size, room=ROOM, by=by, at=at)


def add_piece(place: Place, token: str, piece: bytes, *, offset: int, by: Person, at: datetime) -> Arrived:
    """Add a piece; the last one makes the file. Sent again because the answer was lost, it says what is there.

    Raises files.MisfitError (with where to go on), files.UnfitError, Missing for a token of nobody's or of another.
    """
    there = ApplicationFile.objects.filter(application=place.application, code=_code_for(token)).first()
    if there is not None:
        return Arrived(there.file.size, there)
    rules.may_add_file(by, place, at).or_refuse()
    partial = files.found(token, room=ROOM, by=by)
    if partial is None:
        raise Missing
    received = files.append(partial, piece, offset=offset)
    return Arrived(received, _finish(place, partial, by, at) if received == partial.size else None)


def _finish(place: Place, partial: PartialFile, by: Person, at: datetime) -> ApplicationFile:
    try:
        with transaction.atomic():
            _hold(place)
            rules.may_add_file(by, place, at).or_refuse()
            return _put(place, files.finish(partial, by=by, at=at), _code_for(partial.token), at)
    except files.UnfitError:
        # What finish gave up came back with the transaction.
        if left := files.found(partial.token, room=ROOM, by=by):
            with suppress(OSError):  # what cannot be dropped now is dropped on schedule
                files.drop(left)
        raise


def _code_for(token: str) -> str:
    """Return the code of the file that came by a token: so the last piece, sent again, finds what it made."""
    return ids.digest(token)[:CODE]


def _hold(place: Place) -> None:
    Application.objects.select_for_update().get(pk=place.application.pk)


def _judge_room(person: Person, size: int) -> None:
    if files.held(person, room=ROOM) + size > TOTAL:
        raise files.UnfitError(
            _("Your files would be more than %(most)s together: take some away, or choose smaller ones.")
            % {"most": filesizeformat(TOTAL)}
        )


def _put(place: Place, file: StoredFile, code: str, at: datetime) -> ApplicationFile:
    same = ApplicationFile.objects.filter(
        application=place.application, item=place.item, digest=file.digest
    ).first()
    if same is None:
        return ApplicationFile.objects.create(
            application=place.application,
            item=place.item,
            file=file,
            code=code,
            digest=file.digest,
            added_at=at,
        )
    files.discard(StoredFile.objects.filter(pk=file.pk))
    if same.removed_at:
        same.removed_at = None
        same.save(update_fields=["removed_at"])
    return same


def take_file_away(file: ApplicationFile, *, by: Person, at: datetime) -> None:
    """Take a file out of what is typed. One that was handed in counts until one hands in again."""
    rules.may_take_file_away(by, file, at).or_refuse()
    with transaction.atomic():
        locked = ApplicationFile.objects.select_for_update().filter(pk=file.pk).first()
        if locked is None:
            return
        if locked.handed_in_at:
            locked.removed_at = at
            locked.save(update_fields=["removed_at"])
        else:
            files.discard(StoredFile.objects.filter(pk=locked.file_id))


def freeze_files(application: Application, at: datetime) -> None:
    """Hand in what lies in its place now, and delete what was taken away since; in the caller's transaction."""
    ApplicationFile.objects.filter(application=application, handed_in_at=None).update(handed_in_at=at)
    _drop_taken_away(application)


def thaw_files(application: Application) -> None:
    """Undo the handing in of files, as the application is again begun and not handed in; in the caller's transaction."""
    _drop_taken_away(application)
    ApplicationFile.objects.filter(application=application).update(handed_in_at=None)


def _drop_taken_away(application: Application) -> None:
    gone = ApplicationFile.objects.filter(application=application, removed_at__isnull=False)
    files.discard(StoredFile.objects.filter(pk__in=list(gone.values_list("file", flat=True))))


def drop_strays(before: datetime) -> int:
    """Delete files that no application holds any more: their edition or its question is gone. Returns how many."""
    held = ApplicationFile.objects.values("file")
    return files.delete(StoredFile.objects.filter(room=ROOM, uploaded_at__lt=before).exclude(pk__in=held))
