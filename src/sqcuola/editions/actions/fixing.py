"""Fixing the rules: from here on people can rely on them, and see when and why they change."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sqcuola.editions import rulebook, searching
from sqcuola.editions.acts import RulesPublished
from sqcuola.editions.models import Edition, RulesVersion
from sqcuola.kernel import acts
from sqcuola.kernel.ids import Digest
from sqcuola.kernel.verdicts import denied
from sqcuola.people.models import Person


@transaction.atomic
def publish_rules(
    edition: Edition, *, reason: str = "", by: Person | None, at: datetime
) -> RulesVersion | None:
    """Fix the rules of a public edition as they are now, and return the version that holds.

    Nothing happens while they are as they were fixed last, or before the edition is public (None). A change needs its
    reason in words. Rooms that keep rules call this after changing them.
    """
    if edition.published_at is None:
        return None
    fresh = Edition.objects.select_for_update().get(pk=edition.pk)
    last = RulesVersion.objects.filter(edition=edition).order_by("-version").first()
    book = rulebook.compose(fresh)
    if last is not None and last.digest == book.digest:
        return last
    if last is not None and not reason.strip():
        denied(_("Candidates rely on these rules: say in a sentence why they change.")).or_refuse()
    made = RulesVersion.objects.create(
        edition=edition,
        version=last.version + 1 if last else 1,
        canonical=book.canonical,
        digest=book.digest,
        reason=reason.strip() if last else "",
        at=at,
    )
    searching.put_edition(edition.pk)
    acts.record(
        RulesPublished(edition=edition.pk, version=made.version, digest=Digest(made.digest)),
        by=by,
        at=at,
        scope=edition.scope,
    )
    return made


def close_ranking(edition: Edition, *, at: datetime) -> None:
    """Note that the ranking of an edition is closed; the room that closes it records the act, in one transaction."""
    edition.ranking_closed_at = at
    edition.save(update_fields=["ranking_closed_at"])
