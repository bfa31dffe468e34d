"""What one person has typed and handed in, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, prefetch_related_objects

from sqcuola.admissions import instants
from sqcuola.admissions.forms import AboutForm, ConsentsForm, CvForm, HelpForm, LetterForm, SectionForm
from sqcuola.admissions.models import Application, ApplicationFile, CvItem, Draft, LetterQuestion
from sqcuola.admissions.rules import call_of
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import found, with_phases
from sqcuola.kernel.prepared import prepared
from sqcuola.people.models import Person


def published(_person: Person | None, slug: str) -> Edition:
    """Load an edition by its address."""
    edition = found(slug)
    if edition is None or edition.published_at is None:
        raise Edition.DoesNotExist
    return edition


def own(person: Person, slug: str) -> Application:
    """Load somebody's own application to an edition, with all that was typed."""
    application = own_alone(person, slug)
    prefetch_related_objects([application], "drafts")
    return application


def own_alone(person: Person, slug: str) -> Application:
    """Load somebody's own application without what was typed, for who is about to type."""
    application = _own.first(person.pk, slug)
    if application is None:
        raise Application.DoesNotExist
    with_phases(application.edition)
    application.person = person
    return application


@prepared
def _own(person: int, slug: str) -> QuerySet[Application]:
    mine = Application.objects.select_related("edition", "line", "offer__seat")
    return mine.filter(edition__slug=slug, person=person, edition__published_at__isnull=False)


@prepared
def _letter_questions(edition: int) -> QuerySet[LetterQuestion]:
    return LetterQuestion.objects.filter(edition=edition)


def own_or_none(person: Person, slug: str) -> Application | None:
    """Load somebody's own application, if they began one."""
    try:
        return own(person, slug)
    except Application.DoesNotExist:
        return None


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something without which an application cannot be handed in: where it stands and what is said there."""

    section: str
    field: str
    label: str
    words: str


def asks_for(edition: Edition, section: str) -> bool:
    """Say whether an edition asks for a section: no letter without questions, no CV without items."""
    if section == Draft.Section.LETTER:
        return bool(_letter_questions(edition.pk))
    if section == Draft.Section.CV:
        return CvItem.objects.filter(edition=edition).exists()
    return section in Draft.Section


def sections_of(edition: Edition) -> list[str]:
    """Return the sections an edition asks for, in order."""
    return [str(section) for section in Draft.Section if asks_for(edition, section)]


def form_for(application: Application, section: str, typed: Mapping[str, str] | None) -> SectionForm:
    """Build the form of a section, bound to what was typed if anything was."""
    edition = application.edition
    if section == Draft.Section.ABOUT:
        call = call_of(edition)
        last = call.ends if call else application.started_at
        return AboutForm(typed, of_age_on=instants.day_in(last, edition))
    if section == Draft.Section.LETTER:
        return LetterForm(typed, questions=_letter_questions(edition.pk))
    if section == Draft.Section.CV:
        shown: dict[int, list[ApplicationFile]] = {}
        for file in files_of(application).filter(item__isnull=False):
            file.application = application
            shown.setdefault(file.item_id or 0, []).append(file)
        return CvForm(typed, items=list(CvItem.objects.filter(edition=edition)), files=shown)
    if section == Draft.Section.HELP:
        papers = list(files_of(application).filter(item=None))
        for paper in papers:
            paper.application = application
        return HelpForm(typed, files=papers)
    return ConsentsForm(typed)


def files_of(application: Application) -> QuerySet[ApplicationFile]:
    """Return the files of an application as it stands while it is typed: without those taken away."""
    there = ApplicationFile.objects.filter(application=application, removed_at=None)
    return there.select_related("file")


def drafts_of(application: Application) -> dict[str, Draft]:
    return {draft.section: draft for draft in application.drafts.all()}


def filled(application: Application) -> dict[str, SectionForm]:
    """Return every section's form, bound to what was typed, ready to be asked what is missing."""
    drafts = drafts_of(application)
    return {
        section: form_for(application, section, drafts[section].typed if section in drafts else {})
        for section in sections_of(application.edition)
    }


def lacking(forms: Mapping[str, SectionForm]) -> list[Lacking]:
    """List what stands between these sections and handing in."""
    return [
        Lacking(section, name, str(form.fields[name].label), " ".join(str(error) for error in errors))
        for section, form in forms.items()
        for name, errors in form.errors.items()
    ]


def changed_since(application: Application, at: datetime | None) -> list[str]:
    """Name the sections that were typed in after an instant and are judged only once handed in."""
    if at is None:
        return []
    typed = [
        draft.section
        for draft in application.drafts.all()
        if draft.saved_at > at and draft.section != Draft.Section.ABOUT
    ]
    moved = ApplicationFile.objects.filter(
        Q(handed_in_at=None) | Q(removed_at__isnull=False), application=application
    )
    where = {
        Draft.Section.CV if item else Draft.Section.HELP for item in moved.values_list("item", flat=True)
    }
    return [section for section in Draft.Section if section in typed or section in where]


def last_saved(application: Application) -> str:
    """Say when something was last typed and kept; '' if nothing was."""
    saved = max((draft.saved_at for draft in application.drafts.all() if draft.version), default=None)
    return instants.said(saved, application.edition) if saved else ""
