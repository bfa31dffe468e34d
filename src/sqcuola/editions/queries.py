"""Reads of editions. Objects come through the person who asks."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, Max, Q, QuerySet

from sqcuola.editions.models import (
    Clarification,
    Edition,
    Figure,
    Group,
    Invitation,
    Phase,
    Role,
    School,
    Voice,
)
from sqcuola.kernel.prepared import fill, prepared
from sqcuola.people.models import Person


def school() -> School | None:
    """Return the school of this installation; None before its first day."""
    return School.objects.first()


def lasting(at: datetime, prefix: str = "") -> Q:
    """Return the condition on roles and memberships that last at an instant."""
    begun = Q(**{f"{prefix}begins__lte": at})
    return begun & (Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gt": at}))


def visible_to(person: Person | None, at: datetime) -> QuerySet[Edition]:
    """Return the editions that exist for a person at an instant: the published, and those they work in."""
    published = Q(published_at__lte=at)
    if person is None:
        return Edition.objects.filter(published)
    if person.is_administrator:
        return Edition.objects.all()
    roles = Role.objects.filter(lasting(at), person=person)
    everywhere = Exists(roles.filter(edition=None))
    return Edition.objects.filter(published | Q(pk__in=roles.values("edition")) | everywhere)


def the_school(_person: Person | None) -> School:
    """Load the school; the view's rule judges."""
    return School.objects.get()


def by_slug(_person: Person | None, slug: str) -> Edition:
    """Load an edition with its phases; the view's rule (may_see, may_coordinate) says whether it exists for the person."""
    edition = found(slug)
    if edition is None:
        raise Edition.DoesNotExist
    return edition


def found(slug: str) -> Edition | None:
    """Return the edition at an address with its phases, if there is one. Nearly every page begins with it."""
    edition = _at.first(slug)
    return with_phases(edition) if edition else None


def with_phases(edition: Edition) -> Edition:
    """Read the phases of an edition into it, and return it."""
    fill(edition, "phases", _phases(edition.pk))
    return edition


@prepared
def _at(slug: str) -> QuerySet[Edition]:
    return Edition.objects.filter(slug=slug)


@prepared
def _phases(edition: int) -> QuerySet[Phase]:
    return Phase.objects.filter(edition=edition)


def coordinated_by(person: Person, at: datetime) -> QuerySet[Edition]:
    """Return the editions that a person runs, the newest first."""
    roles = Role.objects.filter(lasting(at), person=person, kind=Role.Kind.COORDINATOR)
    # Most people run nothing: they are asked one small question, and an empty list asks the database nothing more.
    reached = set(roles.values_list("edition", flat=True))
    runs = Edition.objects.all() if None in reached else Edition.objects.filter(pk__in=reached)
    return runs.order_by("-number", "-pk")


def phase(edition: Edition, kind: str) -> Phase | None:
    """Return a phase of an edition, None if it is left out. Reads prefetched phases without a query."""
    return next((item for item in edition.phases.all() if item.kind == kind), None)


def is_open(edition: Edition, kind: str, at: datetime) -> bool:
    """Tell whether a phase is going on: from its first instant up to, and not with, its end; never when called off."""
    found = phase(edition, kind)
    off = edition.cancelled_at is not None and edition.cancelled_at <= at
    return found is not None and not off and found.begins <= at < found.ends


def open_phases(kind: str, at: datetime) -> QuerySet[Phase]:
    """Return the phases of a kind that go on, of all editions: what `is_open` says of one."""
    off = Q(edition__cancelled_at__lte=at)
    return Phase.objects.filter(~off, kind=kind, begins__lte=at, ends__gt=at)


def stage(edition: Edition, at: datetime) -> Phase | None:
    """Return the phase that began last; None before the first."""
    begun = [item for item in edition.phases.all() if item.begins <= at]
    return max(
        begun, key=lambda item: (item.begins, list(Phase.Kind).index(Phase.Kind(item.kind))), default=None
    )


def next_change(editions: Iterable[Edition], at: datetime) -> datetime | None:
    """Return the next instant at which a phase begins or ends: until then a public page stays true."""
    instants = (
        instant
        for edition in editions
        for item in edition.phases.all()
        for instant in (item.begins, item.ends)
    )
    return min((instant for instant in instants if instant > at), default=None)


def class_of(edition: Edition) -> Group:
    """Return the class group of an edition; it is made with the edition."""
    group, _made = Group.objects.get_or_create(
        edition=edition, kind=Group.Kind.CLASS, defaults={"name": edition.title}
    )
    return group


def people_of(edition: Edition, at: datetime, *kinds: str) -> QuerySet[Role]:
    """Return the roles held in an edition at an instant, with their persons, in the order they were given."""
    held = Role.objects.filter(lasting(at), edition=edition).select_related("person").order_by("begins", "pk")
    return held.filter(kind__in=kinds) if kinds else held


def phase_for(_person: Person | None, slug: str, kind: str) -> Phase:
    """Load a phase by its edition's address and its kind; the view's rule judges."""
    return Phase.objects.select_related("edition").get(edition__slug=slug, kind=kind)


def role_for(_person: Person | None, slug: str, number: int) -> Role:
    """Load a role of an edition; the view's rule judges."""
    return Role.objects.select_related("edition", "person").get(edition__slug=slug, pk=number)


def invitation_for(person: Person, code: str) -> Invitation:
    """Load an invitation among those made to a person."""
    return Invitation.objects.select_related("edition", "by").get(code=code, person=person)


def unanswered_count(edition: Edition) -> int:
    """Return how many questions wait for an answer."""
    return _counted_unanswered.first(edition.pk) or 0


@prepared
def _counted_unanswered(edition: int) -> QuerySet[Clarification, int]:
    waiting = Clarification.objects.filter(edition=edition, answered_at=None, set_aside_at=None).order_by()
    return waiting.values("edition").annotate(n=Count("pk")).values_list("n", flat=True)


def next_number() -> int:
    """Return the number of the edition that comes next."""
    return (Edition.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def copied_from(person: Person, at: datetime) -> QuerySet[Edition]:
    """Return the editions that a new one can be a copy of, the newest first."""
    return visible_to(person, at).prefetch_related("phases").order_by("-number", "-pk")


def sent_invitation(_person: Person | None, slug: str, number: int) -> Invitation:
    """Load an invitation of an edition that waits for its answer; the view's rule judges."""
    waiting = Invitation.objects.filter(state=Invitation.State.SENT)
    return waiting.select_related("edition", "person").get(edition__slug=slug, pk=number)


def told(_person: Person | None, slug: str, kind: str, number: int) -> Voice | Figure:
    """Load a voice or a figure of an edition; the view's rule judges."""
    if kind == "voice":
        return Voice.objects.select_related("edition").get(edition__slug=slug, pk=number)
    return Figure.objects.select_related("edition").get(edition__slug=slug, pk=number)


def told_before(edition: Edition, at: datetime) -> list[Voice | Figure]:
    """Return the voices and figures of earlier public editions, which the page of this one shows too."""
    earlier = {"edition__published_at__lte": at, "edition__number__lt": edition.number}
    order = ("-edition__number", "position")
    figures = Figure.objects.filter(**earlier).select_related("edition").order_by(*order)[:3]
    voices = Voice.objects.filter(**earlier).select_related("edition").order_by(*order)[:2]
    return [*figures, *voices]


def clarification_for(_person: Person | None, slug: str, number: int) -> Clarification:
    """Load a question about an edition; the view's rule judges."""
    return Clarification.objects.select_related("edition").get(edition__slug=slug, pk=number)
