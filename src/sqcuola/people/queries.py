"""What one person may read of another. What one may not see does not exist: it is not in the object at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from sqcuola.kernel.files import StoredFile
from sqcuola.people import circles, consents
from sqcuola.people.models import Block, Evidence, FieldPrivacy, Person, Profile

Field, Audience = FieldPrivacy.Field, FieldPrivacy.Audience
BY_DEFAULT = Audience.CLASS


@dataclass(frozen=True, slots=True)
class Seen:
    """A person as one viewer may see them. What is closed to the viewer is empty here."""

    id: int
    name: str
    handle: str
    url: str
    portrait: str = ""
    town: str = ""
    region: str = ""
    employer: str = ""
    sentence: str = ""
    competences: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the colour of the initials is drawn from."""
        return str(self.id)

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.town, self.region) if part)

    @property
    def line(self) -> str:
        """One line under the name: where from, what at."""
        return " · ".join(part for part in (self.place, self.employer) if part)


def seen(people: Iterable[Person], viewer: Person | None) -> list[Seen]:
    """Return these people as the viewer may see them, in their order, leaving out those who are closed to the viewer.

    A fixed number of queries, however many they are.
    """
    loaded = list(
        Person.objects.filter(pk__in=[person.pk for person in people], erased_at=None)
        .annotate(portrait_shown=consents.portrait_shown())
        .select_related("profile__portrait")
        .prefetch_related("field_privacy", "competences__competence")
    )
    by_id = {person.pk: person for person in loaded}
    mates, member, closed = _standing(viewer, by_id)
    found = (
        _as_seen(by_id[person.pk], _readable(by_id[person.pk], viewer, member=member, mates=mates))
        for person in people
        if person.pk in by_id and person.pk not in closed
    )
    return [one for one in found if one.name]


def page(viewer: Person | None, handle: str) -> Seen:
    """Return the person of a page as the viewer may see them; raise Person.DoesNotExist when there is nothing to see."""
    whole = Person.objects.get(handle=handle, erased_at=None)
    if found := seen([whole], viewer):
        return found[0]
    raise Person.DoesNotExist


def as_seen_by(person: Person, audience: str, at: datetime) -> Seen:
    """Return a person as an audience sees them: the preview of one's own page."""
    open_to = {
        Audience.WORLD: {Audience.WORLD},
        Audience.MEMBERS: {Audience.WORLD, Audience.MEMBERS},
        Audience.CLASS: {Audience.WORLD, Audience.MEMBERS, Audience.CLASS},
    }[Audience(audience)]
    chosen = privacy_of(person)
    readable = {field.value for field in Field if chosen[field] in open_to}
    if not consents.given(person, consents.Purpose.PORTRAIT, at):
        readable.discard(Field.PORTRAIT.value)
    return _as_seen(person, readable)


def privacy_of(person: Person) -> dict[str, str]:
    """Return for each field who may read it."""
    chosen = {row.field: row.audience for row in person.field_privacy.all()}
    return {field.value: chosen.get(field.value, BY_DEFAULT.value) for field in Field}


def evidence_of(person_id: int) -> QuerySet[Evidence]:
    """Return what a person has shown, the latest first."""
    return Evidence.objects.filter(person=person_id).order_by("-day", "-pk")


def _standing(viewer: Person | None, ids: Iterable[int]) -> tuple[set[int], bool, set[int]]:
    """Return with whom the viewer shares a class, whether they are of the school, and who is closed by a block."""
    if viewer is None:
        return set(), False, set()
    wanted = set(ids)
    pairs = Block.objects.filter(
        Q(blocker__in=wanted, blocked=viewer) | Q(blocker=viewer, blocked__in=wanted)
    ).values_list("blocker", "blocked")
    closed = {blocker for blocker, blocked in pairs if blocked == viewer.pk}
    return circles.classmates(viewer, wanted), circles.is_member(viewer), closed


def _readable(person: Any, viewer: Person | None, *, member: bool, mates: set[int]) -> set[str]:
    if viewer is not None and viewer.pk == person.pk:
        return {field.value for field in Field}
    open_to = {Audience.WORLD.value}
    if member:
        open_to.add(Audience.MEMBERS.value)
    if person.pk in mates:
        open_to |= {Audience.CLASS.value, Audience.MEMBERS.value}
    readable = {field for field, audience in privacy_of(person).items() if audience in open_to}
    return readable if person.portrait_shown else readable - {Field.PORTRAIT.value}


def _as_seen(person: Person, readable: set[str]) -> Seen:
    profile = getattr(person, "profile", None)
    words: dict[str, Any] = {
        field: getattr(profile, field, "") if field in readable else ""
        for field in (Field.TOWN.value, Field.REGION.value, Field.EMPLOYER.value, Field.SENTENCE.value)
    }
    handle = person.handle or ""
    return Seen(
        id=person.pk,
        name=str(person) if Field.NAME.value in readable else "",
        handle=handle,
        url=reverse("people:page", args=[handle]) if handle else "",
        portrait=portrait_url(person) if Field.PORTRAIT.value in readable else "",
        competences=tuple(str(row.competence) for row in person.competences.all())
        if Field.COMPETENCES.value in readable
        else (),
        **words,
    )


def portrait_of(viewer: Person | None, handle: str, number: int) -> StoredFile:
    """Return the portrait of a person who lets the viewer see it; raise ObjectDoesNotExist otherwise."""
    found = page(viewer, handle)
    file = Profile.objects.select_related("portrait").get(person=found.id, portrait=number).portrait
    if not found.portrait or file is None:
        raise Person.DoesNotExist
    return file


def portrait_url(person: Person) -> str:
    """Return where a person's portrait is, once it was drawn anew; whether it may be shown is not asked here."""
    profile = getattr(person, "profile", None)
    if profile is None or not person.handle or profile.portrait is None or not profile.portrait.is_ready:
        return ""
    return reverse("people:portrait", args=[person.handle, profile.portrait.pk])
