"""More time and aids at the test: decided by who keeps the papers, given on without a reason, papers deleted on their day."""

from datetime import datetime, timedelta

from django.db import transaction

from sqcuola.admissions import rules
from sqcuola.admissions.acts import AccommodationGranted, AccommodationPapersDeleted
from sqcuola.admissions.models import Accommodation
from sqcuola.kernel import acts
from sqcuola.people.models import Person
from sqcuola.questions.actions import allow

PAPERS_KEPT = timedelta(days=90)  # long enough for an appeal against the ranking
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
        accommodation.delete_papers_on = at + PAPERS_KEPT
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
    return accommodation


def delete_papers(at: datetime) -> int:
    """Delete the papers whose day has come; what was granted stays, why it was asked does not."""
    due = Accommodation.objects.filter(delete_papers_on__lte=at, papers_deleted_at=None)
    deleted = 0
    for accommodation in due.select_related("application__edition", "application__person"):
        with transaction.atomic():
            _delete(accommodation, at)
        deleted += 1
    return deleted


def _delete(accommodation: Accommodation, at: datetime) -> None:
    application = accommodation.application
    accommodation.wanted, accommodation.papers_deleted_at = "", at
    accommodation.save(update_fields=["wanted", "papers_deleted_at"])
    application.drafts.filter(section="help").delete()
    acts.record(
        AccommodationPapersDeleted(edition=application.edition_id),
        by=acts.SYSTEM,
        at=at,
        scope=application.edition.scope,
        subject=application.person,
    )
