"""Beginning an edition, saying what it is, making it public."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sqcuola.editions import queries, rules, searching
from sqcuola.editions.actions.entrusting import give_role
from sqcuola.editions.actions.fixing import publish_rules
from sqcuola.editions.acts import EditionChanged, EditionCreated, EditionPublished, SeatsChanged
from sqcuola.editions.models import Change, Edition, Phase, Role, Seat
from sqcuola.kernel import acts, ids
from sqcuola.kernel.verdicts import denied
from sqcuola.people.models import Person

Dates = Mapping[str, tuple[datetime, datetime]]
WORDS = (
    *("title", "subject", "headline_it", "headline_en", "lead_it", "lead_en", "awards_place"),
    *("contact_name", "contact_phone", "contact_mail"),
)


@transaction.atomic
def create_edition(
    *,
    number: int,
    title: str,
    slug: str,
    phases: Dates,
    by: Person,
    at: datetime,
    **fields: object,
) -> Edition:
    """Begin an edition with its phases and its class; who begins it coordinates it. Nobody else sees it yet.

    `fields` are those of `Edition`: seats_offered, zone, subject, awards_place, preset, headline and lead.
    """
    rules.may_create_edition(by, at).or_refuse()
    edition = Edition.objects.create(
        number=number, title=title, slug=slug, scope=ids.code(16), created_at=at, **fields
    )
    Phase.objects.bulk_create(
        Phase(edition=edition, kind=kind, begins=begins, ends=ends) for kind, (begins, ends) in phases.items()
    )
    queries.class_of(edition)
    acts.record(EditionCreated(edition=edition.pk), by=by, at=at, scope=edition.scope)
    give_role(edition, by, Role.Kind.COORDINATOR, by=acts.SYSTEM, at=at)
    return edition


@transaction.atomic
def publish(edition: Edition, *, by: Person, at: datetime) -> None:
    """Make an edition public, and fix its rules: from now on they change only in sight, with a reason."""
    rules.may_publish(by, edition, at).or_refuse()
    edition.published_at = at
    edition.save(update_fields=["published_at"])
    acts.record(EditionPublished(edition=edition.pk), by=by, at=at, scope=edition.scope)
    publish_rules(edition, by=by, at=at)
    searching.put_answers(edition)


@transaction.atomic
def describe(edition: Edition, words: Mapping[str, str], *, by: Person, at: datetime) -> None:
    """Change what an edition says of itself, where its awards are and whom candidates ask. None of it is a rule."""
    rules.may_change(by, edition, at).or_refuse()
    changed = [name for name in WORDS if name in words and words[name] != getattr(edition, name)]
    if not changed:
        return
    for name in changed:
        setattr(edition, name, words[name])
    edition.save(update_fields=changed)
    searching.put_edition(edition.pk)
    acts.record(EditionChanged(edition=edition.pk), by=by, at=at, scope=edition.scope)


@transaction.atomic
def change_seats(edition: Edition, seats: int, *, reason: str = "", by: Person, at: datetime) -> None:
    """Offer more seats or fewer; never fewer than are held. In public, with a reason."""
    rules.may_change(by, edition, at).or_refuse()
    was = Edition.objects.select_for_update().get(pk=edition.pk).seats_offered
    if seats == was:
        return
    highest = (
        Seat.objects.filter(edition=edition)
        .exclude(holder=None)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
        or 0
    )
    if seats < highest:
        denied(_("Seat %(number)d is held: there cannot be fewer.") % {"number": highest}).or_refuse()
    edition.seats_offered = seats
    edition.save(update_fields=["seats_offered"])
    acts.record(
        SeatsChanged(edition=edition.pk, was=was, seats=seats),
        by=by,
        at=at,
        scope=edition.scope,
        audience="public" if edition.published_at else "staff",
    )
    publish_rules(edition, reason=reason, by=by, at=at)
    if edition.published_at:
        Change.objects.create(edition=edition, kind=Change.Kind.OTHER, reason=reason.strip(), by=by, at=at)
