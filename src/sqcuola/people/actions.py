"""What people change about themselves, and between each other."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.files import File
from django.db import transaction
from django.db.models import Q

from sqcuola.kernel import acts, files
from sqcuola.people import handles, rules
from sqcuola.people.acts import ConsentGiven, ConsentWithdrawn
from sqcuola.people.models import (
    Block,
    Competence,
    Consent,
    FieldPrivacy,
    Follow,
    Person,
    PersonCompetence,
    Profile,
)

PROFILE_FIELDS = ("town", "region", "employer", "sentence")


@transaction.atomic
def change_profile(
    person: Person,
    *,
    name: str,
    handle: str = "",
    facts: Mapping[str, str],
    competences: Iterable[str],
    by: Person,
    at: datetime,
) -> Profile:
    """Change what a person says of themselves: name, short name, facts and what they can do."""
    rules.may_change(by, person, at).or_refuse()
    person.name = name
    person.handle = handle or person.handle or handles.free(name)
    person.save(update_fields=["name", "handle"])
    profile, _made = Profile.objects.get_or_create(person=person)
    for field in PROFILE_FIELDS:
        setattr(profile, field, facts.get(field, ""))
    profile.save(update_fields=PROFILE_FIELDS)
    _set_competences(person, competences)
    return profile


@transaction.atomic
def give_portrait(person: Person, upload: File[bytes], *, by: Person, at: datetime) -> None:
    """Take a picture in as the portrait; it shows once a job has drawn it anew. Raises files.UnfitError."""
    rules.may_change(by, person, at).or_refuse()
    file = files.take(upload, room="people", by=person, at=at, kinds=[files.PICTURE])
    _change_portrait(person, file)


@transaction.atomic
def take_portrait_away(person: Person, *, by: Person, at: datetime) -> None:
    """Go back to initials, and delete the picture."""
    rules.may_change(by, person, at).or_refuse()
    _change_portrait(person, None)


def _change_portrait(person: Person, file: files.StoredFile | None) -> None:
    profile, _made = Profile.objects.get_or_create(person=person)
    before = profile.portrait_id
    profile.portrait = file
    profile.save(update_fields=["portrait"])
    if before is not None:
        files.discard(files.StoredFile.objects.filter(pk=before))


@transaction.atomic
def choose_privacy(person: Person, *, audiences: Mapping[str, str], by: Person, at: datetime) -> None:
    """Say for each field who may read it."""
    rules.may_change(by, person, at).or_refuse()
    for field, audience in audiences.items():
        FieldPrivacy.objects.update_or_create(person=person, field=field, defaults={"audience": audience})


@transaction.atomic
def give_consent(person: Person, *, purpose: str, by: Person, at: datetime) -> Consent:
    """Note that a person agrees to a purpose from this instant; nothing changes where they already do."""
    rules.may_change(by, person, at).or_refuse()
    row, made = Consent.objects.get_or_create(
        person=person, purpose=purpose, withdrawn_at=None, defaults={"given_at": at}
    )
    if made:
        acts.record(ConsentGiven(purpose=Consent.Purpose(purpose)), by=by, at=at, subject=person)
    return row


@transaction.atomic
def withdraw_consent(person: Person, *, purpose: str, by: Person, at: datetime) -> None:
    """Note that a person no longer agrees from this instant; what was agreed to before stays in their history."""
    rules.may_change(by, person, at).or_refuse()
    if Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(withdrawn_at=at):
        acts.record(ConsentWithdrawn(purpose=Consent.Purpose(purpose)), by=by, at=at, subject=person)


@transaction.atomic
def follow(followed: Person, *, by: Person, at: datetime) -> None:
    """Let `by` hear of what the other does."""
    rules.may_follow(by, followed, at).or_refuse()
    Follow.objects.get_or_create(follower=by, followed=followed, defaults={"since": at})


@transaction.atomic
def unfollow(followed: Person, *, by: Person, at: datetime) -> None:
    """End a following."""
    rules.may_take_back(by, followed, at).or_refuse()
    Follow.objects.filter(follower=by, followed=followed).delete()


@transaction.atomic
def block(blocked: Person, *, by: Person, at: datetime) -> None:
    """Close `by` to the other, and end the following between the two. The other is not told."""
    rules.may_block(by, blocked, at).or_refuse()
    Block.objects.get_or_create(blocker=by, blocked=blocked, defaults={"since": at})
    Follow.objects.filter(follower=by, followed=blocked).delete()
    Follow.objects.filter(follower=blocked, followed=by).delete()


@transaction.atomic
def unblock(blocked: Person, *, by: Person, at: datetime) -> None:
    """Take a block back."""
    rules.may_take_back(by, blocked, at).or_refuse()
    Block.objects.filter(blocker=by, blocked=blocked).delete()


def fold(name: str) -> str:
    """Return a name without capitals and accents: «Càlcolo» and «calcolo» are one competence."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def competence_named(name: str) -> Competence:
    """Return the competence of that name, however it is capitalised, made at first use."""
    row, _made = Competence.objects.get_or_create(
        folded=fold(name), defaults={"name": " ".join(name.split())}
    )
    return row


def drop_unused_competences(ids: Iterable[int]) -> None:
    """Delete, of these, the words that nobody goes by any longer: what only one person said is theirs to take back."""
    Competence.objects.filter(pk__in=list(ids), people=None, evidence=None).delete()


def _set_competences(person: Person, names: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(competence_named(name) for name in names if fold(name)))
    gone = PersonCompetence.objects.filter(person=person).exclude(competence__in=wanted)
    dropped = list(gone.values_list("competence", flat=True))
    gone.delete()
    drop_unused_competences(dropped)
    for place, competence in enumerate(wanted):
        PersonCompetence.objects.update_or_create(
            person=person, competence=competence, defaults={"place": place}
        )


def see_news(person: Person, until: datetime) -> None:
    """Note that a person has seen what happened up to an instant; never back to an earlier one."""
    later = Q(news_seen_at=None) | Q(news_seen_at__lt=until)
    Person.objects.filter(later, pk=person.pk).update(news_seen_at=until)
