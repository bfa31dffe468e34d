"""The dates of an edition: moved, extended, put off, called off. In public, and with a reason, once it is public."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from sqcuola.editions import queries, rules, searching
from sqcuola.editions.actions.fixing import publish_rules
from sqcuola.editions.acts import (
    CallExtended,
    EditionCancelled,
    EditionPostponed,
    PhaseAdded,
    PhaseLeftOut,
    PhaseMoved,
)
from sqcuola.editions.models import Change, Edition, Phase
from sqcuola.kernel import acts, edition_parts
from sqcuola.kernel.verdicts import denied
from sqcuola.people.models import Person


def _tell(edition: Edition, payload: object, *, by: Person, at: datetime) -> None:
    audience = "public" if edition.published_at else "staff"
    acts.record(payload, by=by, at=at, scope=edition.scope, audience=audience)


def _change(edition: Edition, kind: str, reason: str, *, by: Person, at: datetime, **facts: object) -> None:
    """Keep the change for the public page and fix the rules anew. Before publication nobody has relied on anything."""
    if edition.published_at is None:
        return
    publish_rules(edition, reason=reason, by=by, at=at)
    Change.objects.create(edition=edition, kind=kind, reason=reason.strip(), by=by, at=at, **facts)


@transaction.atomic
def move_phase(
    phase: Phase, *, begins: datetime, ends: datetime, reason: str = "", by: Person, at: datetime
) -> None:
    """Give a phase other dates."""
    edition = phase.edition
    rules.may_change(by, edition, at).or_refuse()
    rules.fits(edition, phase.kind, begins, ends).or_refuse()
    if (phase.begins, phase.ends) == (begins, ends):
        return
    edition_parts.move(edition, phase.kind, ends, at=at)
    was = phase.ends
    phase.begins, phase.ends = begins, ends
    phase.save(update_fields=["begins", "ends"])
    _tell(edition, PhaseMoved(edition.pk, Phase.Kind(phase.kind), begins, ends), by=by, at=at)
    _change(edition, Change.Kind.MOVED, reason, by=by, at=at, phase=phase.kind, was=was, now=ends)


@transaction.atomic
def add_phase(
    edition: Edition,
    kind: str,
    *,
    begins: datetime,
    ends: datetime,
    reason: str = "",
    by: Person,
    at: datetime,
) -> Phase:
    """Take a phase in that had been left out."""
    rules.may_change(by, edition, at).or_refuse()
    rules.fits(edition, kind, begins, ends).or_refuse()
    if queries.phase(edition, kind) is not None:
        denied(_("This edition has this phase already.")).or_refuse()
    phase = Phase.objects.create(edition=edition, kind=kind, begins=begins, ends=ends)
    edition_parts.take_in(edition, phase.kind, by=by, at=at)
    _tell(edition, PhaseAdded(edition.pk, Phase.Kind(kind), begins, ends), by=by, at=at)
    _change(edition, Change.Kind.OTHER, reason, by=by, at=at, phase=kind, now=ends)
    return phase


@transaction.atomic
def leave_out_phase(phase: Phase, *, reason: str = "", by: Person, at: datetime) -> None:
    """Leave a phase out: from now on it appears in no menu, mail or rule."""
    edition, kind = phase.edition, Phase.Kind(phase.kind)
    rules.may_leave_out(by, phase, at).or_refuse()
    was = phase.ends
    edition_parts.leave_out(edition, kind.value, by=by, at=at)
    phase.delete()
    _tell(edition, PhaseLeftOut(edition.pk, kind), by=by, at=at)
    _change(edition, Change.Kind.OTHER, reason, by=by, at=at, phase=kind, was=was)


@transaction.atomic
def extend_call(edition: Edition, *, ends: datetime, reason: str, by: Person, at: datetime) -> None:
    """Keep the call open longer, also if it has just closed. Everybody reads it, and why."""
    rules.may_extend_call(by, edition, at).or_refuse()
    call = Phase.objects.select_for_update().get(edition=edition, kind=Phase.Kind.CALL)
    if ends <= call.ends or ends <= at:
        denied(_("The new end must be later than the one people know.")).or_refuse()
    rules.fits(edition, call.kind, call.begins, ends).or_refuse()
    if not reason.strip():
        denied(_("Everybody reads why the call stays open: say it in a sentence.")).or_refuse()
    edition_parts.move(edition, call.kind, ends, at=at)
    was, call.ends = call.ends, ends
    call.save(update_fields=["ends"])
    _tell(edition, CallExtended(edition.pk, was, ends), by=by, at=at)
    _change(edition, Change.Kind.EXTENDED, reason, by=by, at=at, phase=call.kind, was=was, now=ends)


@transaction.atomic
def postpone(edition: Edition, *, days: int, reason: str, by: Person, at: datetime) -> None:
    """Put off everything that is still to come by some days. What has begun keeps its beginning and ends later."""
    rules.may_change(by, edition, at).or_refuse()
    if days < 1:
        denied(_("Say by how many days: one at least.")).or_refuse()
    if edition.published_at and not reason.strip():
        denied(_("Everybody reads why it is put off: say it in a sentence.")).or_refuse()
    for phase in Phase.objects.select_for_update().filter(edition=edition, ends__gt=at):
        if phase.begins > at:
            phase.begins = later(phase.begins, days, edition.zone)
        phase.ends = later(phase.ends, days, edition.zone)
        phase.save(update_fields=["begins", "ends"])
    _tell(edition, EditionPostponed(edition.pk, days), by=by, at=at)
    _change(edition, Change.Kind.POSTPONED, reason, by=by, at=at)


@transaction.atomic
def cancel(edition: Edition, *, reason: str, by: Person, at: datetime) -> None:
    """Call an edition off. Its page stays and says so, and why; nothing in it is open any more."""
    rules.may_cancel(by, edition, at).or_refuse()
    if edition.published_at and not reason.strip():
        denied(_("Everybody reads why it is called off: say it in a sentence.")).or_refuse()
    edition.cancelled_at = at
    edition.save(update_fields=["cancelled_at"])
    edition_parts.cancel(edition, by=by, at=at)
    _tell(edition, EditionCancelled(edition.pk), by=by, at=at)
    if edition.published_at:
        Change.objects.create(
            edition=edition, kind=Change.Kind.CANCELLED, reason=reason.strip(), by=by, at=at
        )
        searching.put_edition(edition.pk)


def later(instant: datetime, days: int, zone: str) -> datetime:
    """Return an instant some days later at the same hour on the wall, also across a change of summer time."""
    here = instant.astimezone(ZoneInfo(zone))
    return (here + timedelta(days=days)).astimezone(UTC)
