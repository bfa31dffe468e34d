"""The files of an application: where they go, how they are listed, which one somebody asks for."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from sqcuola.admissions.models import Application, ApplicationFile, CvItem, Draft, Place
from sqcuola.admissions.queries.applying import own
from sqcuola.kernel.files import StoredFile
from sqcuola.kernel.numbers import whole
from sqcuola.people.models import Person


def own_place(person: Person, slug: str, place: str) -> Place:
    """Load a place for files in somebody's own application; CvItem.DoesNotExist where there is none of that name."""
    return place_in(own(person, slug), place)


def place_in(application: Application, name: str) -> Place:
    """Return the place that a form or an address names."""
    if name == "help":
        return Place(application, None)
    kind, _dash, number = name.partition("-")
    pk = whole(number)
    if kind != "cv" or pk is None:
        raise CvItem.DoesNotExist
    return Place(application, CvItem.objects.get(edition=application.edition, pk=pk))


def places_of(application: Application, section: str) -> list[Place]:
    """Return where files go in a section, in its order."""
    if section == Draft.Section.CV:
        return [Place(application, item) for item in CvItem.objects.filter(edition=application.edition)]
    return [Place(application, None)] if section == Draft.Section.HELP else []


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as a list shows it. No `url`: it cannot be opened, yet or at all."""

    code: str
    name: str
    line: str
    url: str


def line_of(file: ApplicationFile) -> FileLine:
    """Say a file in a line."""
    stored = file.file
    line = {
        StoredFile.State.READY: filesizeformat(stored.size),
        StoredFile.State.WAITING: _("being made ready: you need not wait"),
        StoredFile.State.REFUSED: _("this one cannot be read"),
    }[StoredFile.State(stored.state)]
    page = "admissions:evidence" if file.item_id else "admissions:paper"
    url = reverse(page, args=[file.application.edition.slug, file.code]) if stored.is_ready else ""
    return FileLine(file.code, stored.name, line, url)


def handed_in(application: Application, item: CvItem | None) -> list[FileLine]:
    """Return the files that were handed in for an item, or as papers."""
    there = ApplicationFile.objects.filter(application=application, item=item, handed_in_at__isnull=False)
    return [line_of(file) for file in there.select_related("file", "application__edition")]


def number_handed_in(application: Application) -> int:
    """Count the files that were handed in, evidence and papers."""
    return ApplicationFile.objects.filter(application=application, handed_in_at__isnull=False).count()


def file_by_code(_person: Person, slug: str, code: str) -> ApplicationFile:
    """Load a file by its code; the view's rule judges whose it is, and what for."""
    return ApplicationFile.objects.select_related("file", "application__edition").get(
        application__edition__slug=slug, code=code
    )


def own_file(application: Application, code: str) -> ApplicationFile | None:
    """Return one of the files that somebody sees while typing."""
    there = ApplicationFile.objects.filter(application=application, removed_at=None, code=code)
    return there.select_related("file", "application__edition").first()
