"""One application as who coordinates sees it: how far it has come. What was written, and what was asked for, stays unseen.

Until the ranking is closed everybody in it is a code, so nothing here leads from a name to one: not the code itself, nor
whether there are CV points, which stand beside the code.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sqcuola.admissions import rules
from sqcuola.admissions.models import Application, ApplicationFile, Draft
from sqcuola.admissions.queries.applying import drafts_of, sections_of
from sqcuola.admissions.queries.listing import is_closed
from sqcuola.people.models import Person
from sqcuola.ui import dates

# The applicant's own pages say «you»; this one speaks of somebody.
TITLES = {
    Draft.Section.ABOUT: gettext_lazy("Who they are"),
    Draft.Section.LETTER: gettext_lazy("Their letter"),
    Draft.Section.CV: gettext_lazy("What they have done"),
    Draft.Section.CONSENTS: gettext_lazy("What they agree to"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A section of an application: its name, and when it was saved, or that it was not."""

    title: str
    line: str
    done: bool


@dataclass(frozen=True, slots=True)
class FollowPage:
    """`list_key` is the list of people this one is in; `code`, `claims_url` and `files` are there once names are open."""

    application: Application
    title: str
    town: str
    parts: list[Part]
    list_key: str
    code: str
    claims_url: str
    files: int


def application_for(_person: Person, slug: str, number: int) -> Application:
    """Load an application of an edition; the view's rule judges."""
    found = Application.objects.select_related("edition", "person__profile")
    return found.prefetch_related("drafts", "edition__phases").get(edition__slug=slug, pk=number)


def follow_page(person: Person, application: Application, at: datetime) -> FollowPage:
    """Gather how far an application has come."""
    edition = application.edition
    named = is_closed(edition, at) and application.submitted_at is not None
    claims = named and rules.may_read_claims(person, application, at)
    profile = getattr(application.person, "profile", None)
    with timezone.override(ZoneInfo(edition.zone)):
        return FollowPage(
            application=application,
            title=_title(application),
            town=profile.town if profile else "",
            parts=_parts(application, named=named),
            list_key=""
            if application.withdrawn_at
            else "submitted"
            if application.submitted_at
            else "unfinished",
            code=application.code if named else "",
            claims_url=reverse("admissions:claims", args=[edition.slug, application.code]) if claims else "",
            files=_shown_files(application) if claims else 0,
        )


def _title(application: Application) -> str:
    name = {"name": str(application.person)}
    if application.withdrawn_at:
        return _("The application of %(name)s is withdrawn") % name
    if application.submitted_at:
        return _("The application of %(name)s is handed in") % name
    return _("The application of %(name)s is not finished") % name


def _parts(application: Application, *, named: bool) -> list[Part]:
    """Return the sections one may know of: never whether help was asked for, and CV items once names are open."""
    drafts = drafts_of(application)
    unseen = {Draft.Section.HELP} if named else {Draft.Section.HELP, Draft.Section.CV}
    return [
        _part(Draft.Section(section), drafts.get(section))
        for section in sections_of(application.edition)
        if section not in unseen
    ]


def _part(section: Draft.Section, draft: Draft | None) -> Part:
    if draft is None or not draft.version:
        return Part(str(TITLES[section]), pgettext("a section", "nothing saved yet"), done=False)
    return Part(
        str(TITLES[section]), _("saved on %(when)s") % {"when": dates.moment(draft.saved_at)}, done=True
    )


def _shown_files(application: Application) -> int:
    """Count what shows a claim; papers of who needs a hand are nobody's but their keeper's."""
    there = ApplicationFile.objects.filter(application=application, item__isnull=False)
    return there.filter(handed_in_at__isnull=False).count()
