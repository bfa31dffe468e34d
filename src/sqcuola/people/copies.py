"""A copy of everything about me: a ZIP with what each room keeps, readable by people and by programs."""

import json
import zipfile
from contextlib import suppress
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sqcuola.kernel import clock, files, ids, privacy
from sqcuola.kernel.jobs import job
from sqcuola.people import limits, mail, rules
from sqcuola.people.models import Export, Person

LASTS = timedelta(days=7)


def ask(person: Person, *, by: Person, at: datetime) -> Export | None:
    """Ask for a copy; one that is being made, or was made today, is not made again. None when asked too often."""
    rules.may_change(by, person, at).or_refuse()
    waiting = Export.objects.filter(person=person, ready_at=None).first()
    if waiting is not None:
        return waiting
    if not limits.take(limits.EXPORTS, str(person.pk), at=at):
        return None
    with transaction.atomic():  # what was counted above stays counted, whatever becomes of this
        export = Export.objects.create(person=person, asked_at=at)
        build.enqueue(export.pk)
    return export


@job("people.build-copy", says=gettext_lazy("makes a copy of somebody’s personal data"))
def build(export_id: int) -> None:
    """Write the ZIP of one copy, and tell the person. Nothing happens when it is there already or the person is gone."""
    export = Export.objects.select_related("person").filter(pk=export_id, ready_at=None).first()
    if export is None or export.person.erased_at:
        return
    at, person = clock.now(), export.person
    name = f"{ids.token()}.zip"
    try:
        with TemporaryFile() as whole:
            with translation.override(person.language):
                _write(whole, person)
            size = whole.tell()
            storages["copies"].save(name, File(whole))
        with transaction.atomic():
            done = Export.objects.filter(pk=export.pk, ready_at=None).update(
                ready_at=at, expires=at + LASTS, name=name, size=size
            )
            if done:
                mail.post(
                    "copy_ready",
                    key=f"people.copy:{export.pk}",
                    to=person.email,
                    language=person.language,
                    at=at,
                    name=person.name,
                )
    except BaseException:
        with suppress(OSError):  # what the first problem was is what counts
            storages["copies"].delete(name)
        raise
    if not done:
        storages["copies"].delete(name)


def forget(at: datetime) -> None:
    """Delete copies whose week is over, and those that nobody was told of.

    Whoever made one may have been ended before its row was written, or a bucket said nothing and kept it all the same; and
    a backup that came back knows none that were made since.
    """
    remove(Export.objects.filter(expires__lte=at))
    storage = storages["copies"]
    try:
        there = set(storage.listdir("")[1])
    except FileNotFoundError:  # no copy was ever made here
        return
    for name in there - set(Export.objects.filter(name__in=there).values_list("name", flat=True)):
        if storage.get_modified_time(name) < at - timedelta(days=1):  # a newer one may be on its way
            storage.delete(name)


def remove(exports: QuerySet[Export]) -> None:
    """Delete copies, file and row."""
    for export in exports:
        if export.name:
            storages["copies"].delete(export.name)
        export.delete()


def opened(export: Export) -> File[bytes]:
    """Open the ZIP of a copy for reading; the caller closes it. Raises FileNotFoundError."""
    found: File[bytes] = storages["copies"].open(export.name)
    return found


def _write(whole: IO[bytes], person: Person) -> None:
    data = privacy.export(person)
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme(person, data))
        for room, found in data.items():
            text = json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True)
            archive.writestr(f"{room}.json", text)
        for number, (where, file) in enumerate(privacy.files(person), 1):
            with (
                files.read(file) as source,
                archive.open(f"files/{where}/{number}-{file.name}", "w") as target,
            ):
                while piece := source.read(1 << 20):
                    target.write(piece)


def _readme(person: Person, data: dict[str, dict[str, list[dict[str, object]]]]) -> str:
    lines = [
        _("{name}, this is everything the school keeps about you.").format(name=person),
        "",
        _("One file for each part of the house; files that you sent lie in the folder files."),
        "",
    ]
    lines += [f"{room}.json: {', '.join(sorted(found))}" for room, found in data.items()]
    return "\n".join(lines) + "\n"
