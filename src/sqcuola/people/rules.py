"""Who may do what with whom in this room."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.files import StoredFile
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Verdict, denied
from sqcuola.people import queries, second_factor
from sqcuola.people.models import Block, Person, Rescue


def may_see_page(_viewer: Person | None, _seen: queries.Seen, _at: datetime) -> Verdict:
    """Allow whoever the query has shown the person to: it hides what is closed."""
    return ALLOWED


def may_see_file(_viewer: Person | None, _file: StoredFile, _at: datetime) -> Verdict:
    """Allow whoever the query has found the portrait for."""
    return ALLOWED


def may_change(person: Person, whose: Person, _at: datetime) -> Verdict:
    """Allow to change what is one's own."""
    return ALLOWED if person.pk == whose.pk else HIDDEN


def may_follow(viewer: Person, seen: Person | queries.Seen, _at: datetime) -> Verdict:
    """Allow to follow whom one may see, except oneself and whom one has blocked."""
    if viewer.pk == seen.id:
        return denied(_("This is you: others can follow you."))
    if Block.objects.filter(blocker=viewer, blocked=seen.id).exists():
        return denied(_("You have blocked this person. Take that back first."))
    return ALLOWED


def may_block(viewer: Person, seen: Person | queries.Seen, _at: datetime) -> Verdict:
    """Allow to block anybody but oneself."""
    return denied(_("This is you.")) if viewer.pk == seen.id else ALLOWED


def may_take_back(viewer: Person, seen: Person | queries.Seen, _at: datetime) -> Verdict:
    """Allow to follow no longer and to unblock."""
    return HIDDEN if viewer.pk == seen.id else ALLOWED


def may_vouch(colleague: Person, rescue: Rescue, at: datetime) -> Verdict:
    """Allow colleagues of whom two things are asked, while the cry for help is open."""
    if colleague.pk == rescue.person_id or not second_factor.may_vouch(colleague, at):
        return HIDDEN
    if rescue.restored_at or rescue.stopped_at or at >= rescue.expires:
        return denied(_("This is over. They can ask again."))
    return ALLOWED


def may_merge(by: Person, goes: Person, into: Person, _at: datetime) -> Verdict:
    """Allow the owner of the account that stays, who has proved the other; never an account that runs the house."""
    if by.pk != into.pk or goes.pk == into.pk:
        return HIDDEN
    if goes.is_administrator:
        return denied(_("The other account runs the house. Join from there."))
    return ALLOWED


def may_erase(by: Person, person: Person, at: datetime) -> Verdict:
    """Allow to erase oneself, except the last who runs the house: somebody must be left to open the door."""
    if by.pk != person.pk:
        return HIDDEN
    others = Person.objects.filter(is_administrator=True, is_active=True).exclude(pk=person.pk)
    if person.is_administrator and not others.exists():
        return denied(_("You are the last who runs the house. First hand it over to somebody."))
    return may_change(by, person, at)


def may_administer(person: Person, _at: datetime) -> Verdict:
    """Allow administrators of the house; for all others the page does not exist."""
    return ALLOWED if person.is_administrator and person.is_active else HIDDEN
