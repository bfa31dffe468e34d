"""What the pages of an application show, worked out before a template sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.admissions import instants, rules
from sqcuola.admissions.forms import CvForm, Files, HelpForm, SectionForm
from sqcuola.admissions.models import Application, Draft, Place
from sqcuola.admissions.queries import applying, filing
from sqcuola.admissions.queries.scores import test_of
from sqcuola.editions.contacts import Contact, contact_of
from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.queries import phase
from sqcuola.kernel import files
from sqcuola.kernel.verdicts import Verdict
from sqcuola.people.models import Person
from sqcuola.people.regions import ITALIAN
from sqcuola.ui import dates


def closes(edition: Edition) -> str:
    """Return the last minute of the call, in words; '' where there is no call."""
    call = rules.call_of(edition)
    return instants.deadline(call.ends, edition) if call else ""


def url_of(edition: Edition, section: str | None) -> str:
    """Return where a section is typed, or, after the last, where everything is read through."""
    if section is None:
        return reverse("admissions:check", args=[edition.slug])
    return reverse("admissions:section", args=[edition.slug, section])


@dataclass(frozen=True, slots=True)
class Step:
    """One section in the list: what it is called, what is to do there, and where it is."""

    section: str
    title: str
    line: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class ApplyPage:
    """The first page of an application, whatever has become of it."""

    edition: Edition
    application: Application | None
    open: Verdict
    closes: str
    steps: list[Step]
    lacking: int
    changed: list[str]
    submitted: str
    saved: str
    files: int
    contact: Contact | None
    test: str

    @property
    def state(self) -> str:
        """What has become of it, in one word: the page to show."""
        if self.application is None:
            return "begin" if self.open else "closed"
        if self.application.withdrawn_at:
            return "withdrawn"
        if self.application.submitted_at:
            return "submitted"
        return "draft" if self.open else "unsent"

    @property
    def next(self) -> Step | None:
        """The first section where something is to do."""
        return next((step for step in self.steps if step.state != "done"), None)


def apply_page(person: Person, edition: Edition, at: datetime) -> ApplyPage:
    """Gather the first page of somebody's application to an edition."""
    application = applying.own_or_none(person, edition.slug)
    steps, lacking = _steps(edition, application)
    submitted = application.submitted_at if application else None
    test = (test_of(edition) or phase(edition, Phase.Kind.ASSESSMENT)) if submitted else None
    return ApplyPage(
        edition=edition,
        application=application,
        open=rules.may_apply(person, edition, at),
        closes=closes(edition),
        steps=steps,
        lacking=lacking,
        changed=applying.changed_since(application, submitted) if application else [],
        submitted=instants.to_the_second(submitted, edition) if submitted else "",
        saved=applying.last_saved(application) if application else "",
        files=filing.number_handed_in(application) if application and submitted else 0,
        contact=contact_of(edition, at) if submitted else None,
        test=instants.said(test.begins, edition) if test else "",
    )


WHAT = {
    Draft.Section.ABOUT: lambda: _("Name, town, how you heard of us. Two minutes."),
    Draft.Section.LETTER: lambda: _("The same questions for everybody. The part that takes time."),
    Draft.Section.CV: lambda: _("Item by item, only what you have. Each gives the points it says."),
    Draft.Section.HELP: lambda: _("More time or an aid at the test. Skip it if you need nothing."),
    Draft.Section.CONSENTS: lambda: _("The rules, and how you want to be named."),
}


def _steps(edition: Edition, application: Application | None) -> tuple[list[Step], int]:
    forms: dict[str, SectionForm] = applying.filled(application) if application else {}
    drafts = applying.drafts_of(application) if application else {}
    steps = []
    for section in applying.sections_of(edition):
        form = forms.get(section)
        touched = section in drafts and drafts[section].version > 0
        wanting = len(form.errors) if form else 0
        if not touched and (form is None or wanting or section == Draft.Section.CV):
            line, state = WHAT[Draft.Section(section)](), "later"
        elif wanting:
            line = ngettext("%(n)d thing missing", "%(n)d things missing", wanting) % {"n": wanting}
            state = "now"
        elif not touched:
            line, state = WHAT[Draft.Section(section)](), "done"
        else:
            line = _("Saved on %(when)s") % {"when": instants.said(drafts[section].saved_at, edition)}
            state = "done"
        url = url_of(edition, section)
        steps.append(Step(section, str(Draft.Section(section).label), line, state, url))
    return steps, sum(len(form.errors) for form in forms.values())


@dataclass(frozen=True, slots=True)
class Part:
    """Fields that belong together, and the files that go with them, where some may. `full`: why no more fit."""

    fields: list[BoundField]
    place: Place | None
    lines: list[filing.FileLine]
    wrong: str
    full: str

    @property
    def name(self) -> str:
        """Return what the fields are about, where several groups stand on one page."""
        return self.place.item.words if self.place and self.place.item else ""

    @property
    def help(self) -> str:
        """Return what may be chosen, and for papers who reads them."""
        says = _("JPEG, PNG, WebP or PDF, up to %(size)s MB.") % {"size": files.LIMIT // files.MEGABYTE}
        if self.place and self.place.item:
            return says
        return _("Only who keeps these papers reads them, and they are deleted on their day.") + " " + says

    @property
    def accept(self) -> str:
        """Return what the field offers to pick."""
        return ",".join(kind.accept for kind in (files.PICTURE, files.PDF))


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section, as it was typed, with the other text where two pages disagreed."""

    application: Application
    section: str
    title: str
    form: SectionForm
    version: int
    page: str
    saved: str
    closes: str
    aside: list[tuple[str, str]]
    kept: bool
    number: int
    of: int
    before: str
    regions: tuple[str, ...]
    wrong: int
    parts: list[Part]

    @property
    def takes_files(self) -> bool:
        return any(part.place for part in self.parts)


def section_page(
    application: Application,
    section: str,
    kept: dict[str, str] | None,
    page: str,
    refused: Mapping[str, str],
) -> SectionPage:
    """Gather one section. `kept` is what was typed on a page whose session had ended; `refused` are files that do not fit."""
    edition = application.edition
    draft = applying.drafts_of(application).get(section)
    typed = kept or (draft.typed if draft else None)
    form = applying.form_for(application, section, typed).as_draft()
    names = applying.sections_of(edition)
    index = names.index(section)
    return SectionPage(
        application=application,
        section=section,
        title=str(Draft.Section(section).label),
        form=form,
        version=draft.version if draft else 0,
        page=page,
        saved=instants.said(draft.saved_at, edition) if draft and draft.version else "",
        closes=closes(edition),
        aside=_aside(form, draft),
        kept=bool(kept),
        number=index + 1,
        of=len(names),
        before=url_of(edition, names[index - 1])
        if index
        else reverse("admissions:apply", args=[edition.slug]),
        regions=ITALIAN if section == Draft.Section.ABOUT else (),
        wrong=len(form.errors),
        parts=_parts(application, form, refused),
    )


def _parts(application: Application, form: SectionForm, refused: Mapping[str, str]) -> list[Part]:
    if isinstance(form, CvForm):
        places = [
            (
                Place(application, item),
                form.shown.get(item.pk, ()),
                [form[name] for name in form.fields_of(item)],
            )
            for item in form.items
        ]
    elif isinstance(form, HelpForm):
        places = [(Place(application, None), form.papers, list(form))]
    else:
        return [Part(list(form), None, [], "", "")]
    return [
        Part(
            fields,
            place,
            [filing.line_of(file) for file in there],
            refused.get(place.slug, ""),
            str(rules.NO_MORE_FILES) if len(there) >= rules.MOST_FILES else "",
        )
        for place, there, fields in places
    ]


def _aside(form: SectionForm, draft: Draft | None) -> list[tuple[str, str]]:
    if draft is None or not draft.aside:
        return []
    return [
        (str(field.label), draft.aside.get(name, ""))
        for name, field in form.fields.items()
        if draft.aside.get(name, "") != draft.typed.get(name, "")
    ]


@dataclass(frozen=True, slots=True)
class Said:
    label: str
    words: str
    error: str
    files: list[filing.FileLine]


@dataclass(frozen=True, slots=True)
class CheckedSection:
    section: str
    title: str
    url: str
    said: list[Said]


def what_is_there(application: Application) -> tuple[list[CheckedSection], int]:
    """Return everything typed so far, section by section, with what is missing, and how much that is."""
    drafts = applying.drafts_of(application)
    sections = []
    lacking = 0
    for section, form in applying.filled(application).items():
        typed, wrong = drafts[section].typed if section in drafts else {}, form.errors
        said = [
            Said(
                str(field.label),
                _readable(form, name, typed.get(name, "")),
                " ".join(map(str, wrong.get(name, []))),
                [filing.line_of(file) for file in _files_under(form, name)],
            )
            for name, field in form.fields.items()
            if not _is_left_out(form, name)
        ]
        lacking += len(wrong)
        url = url_of(application.edition, section)
        sections.append(CheckedSection(section, str(Draft.Section(section).label), url, said))
    return sections, lacking


def _is_left_out(form: SectionForm, name: str) -> bool:
    """Tell whether a field says nothing, because nothing is claimed for its item."""
    if not isinstance(form, CvForm) or not name.startswith("evidence_") or form.errors.get(name):
        return False
    number = form.cleaned_data.get(name.replace("evidence_", "number_"))
    return not number and not form.cleaned_data.get(name) and not _files_under(form, name)


def _files_under(form: SectionForm, name: str) -> Files:
    """Return the files that are shown under a field."""
    if isinstance(form, CvForm) and name.startswith("evidence_"):
        return form.shown.get(int(name.partition("_")[2]), ())
    return form.papers if isinstance(form, HelpForm) and name == "wanted" else ()


def _readable(form: SectionForm, name: str, typed: str) -> str:
    """Return what was typed as a person reads it: a choice by its words, a tick as yes, a day with its month."""
    field = form.fields[name]
    day = form.cleaned_data.get(name)
    if isinstance(day, date):
        return dates.full_day(day)
    choices = dict(getattr(field, "choices", None) or [])
    if choices and typed:  # the line that asks to choose is no answer
        return str(next((words for value, words in choices.items() if str(value) == typed), typed))
    if typed == "on" and field.widget.__class__.__name__ == "CheckboxInput":
        return _("yes")
    return typed
