"""More time and aids at the test: decided by who keeps the papers, given on without a reason, papers deleted on their day."""

from datetime import datetime, timedelta

from django.db import transaction

from sqcuola.admissions import rules, telling
from sqcuola.admissions.acts import AccommodationGranted, AccommodationPapersDeleted
from sqcuola.admissions.models import Accommodation, Application, ApplicationFile, Draft
from sqcuola.admissions.queries import papers
from sqcuola.kernel import acts, files
from sqcuola.kernel.files import StoredFile
from sqcuola.people.models import Person
from sqcuola.questions.actions import allow

ALLOWED_FOR = timedelta(days=365)


def decide(
    accommodation: Accommodation, *, percent: int, aids: str, by: Person, at: datetime
) -> Accommodation:
    """Grant what somebody gets at the test, which may be nothing. Decided again, the last decision holds."""
    rules.may_decide(by, accommodation, at).or_refuse()
    application = accommodation.application
    with transaction.atomic():
        accommodation.granted_percent, accommodation.granted = percent, aids
        accommodation.decided_at, accommodation.decided_by = at, by
        accommodation.delete_papers_on = at + papers.KEPT
        accommodation.save(
            update_fields=["granted_percent", "granted", "decided_at", "decided_by", "delete_papers_on"]
        )
        allow(application.person, extra_percent=percent, until=at + ALLOWED_FOR, aids=aids)
        acts.record(
            AccommodationGranted(edition=application.edition_id, percent=percent, aids=bool(aids)),
            by=by,
            at=at,
            scope=application.edition.scope,
            subject=application.person,
        )
        telling.decided(accommodation, at)
    return accommodation


def delete_papers(at: datetime) -> int:
    """Delete the words and papers whose day has come; what was granted stays, why it was asked does not.

    Also of who never handed in, withdrew, or was never decided upon. Returns of how many applications.
    """
    due = papers.due(at)
    for application in due:
        with transaction.atomic():
            _delete(application, at)
    return len(due)


def _delete(application: Application, at: datetime) -> None:
    kept = ApplicationFile.objects.filter(application=application, item=None)
    files.delete(StoredFile.objects.filter(pk__in=list(kept.values_list("file", flat=True))))
    application.drafts.filter(section=Draft.Section.HELP).delete()
    asked: Accommodation | None = getattr(application, "accommodation", None)
    if asked is None or asked.papers_deleted_at:
        return  # never handed in: nobody but the person knew of it, and nobody is told
    asked.wanted, asked.papers_deleted_at = "", at
    asked.save(update_fields=["wanted", "papers_deleted_at"])
    acts.record(
        AccommodationPapersDeleted(edition=application.edition_id),
        by=acts.SYSTEM,
        at=at,
        scope=application.edition.scope,
        subject=application.person,
    )
