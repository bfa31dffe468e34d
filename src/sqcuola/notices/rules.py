"""Who may read a notice, say the house's texts in another way, write to people."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sqcuola.editions.models import Edition
from sqcuola.editions.rules import may_coordinate
from sqcuola.kernel.lists import PeopleList
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Verdict, denied
from sqcuola.notices.models import Message, Notice
from sqcuola.notices.texts import Text
from sqcuola.people.models import Person


def may_open(person: Person, notice: Notice, _at: datetime) -> Verdict:
    """Judge whether a notice is for this person."""
    return ALLOWED if notice.person_id == person.pk else HIDDEN


def may_edit_texts(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether a person may say the texts of an edition in another way."""
    return may_coordinate(person, edition, at)


def may_edit(person: Person | None, thing: tuple[Edition, Text], at: datetime) -> Verdict:
    """Judge one text by its edition."""
    return may_edit_texts(person, thing[0], at)


def may_write(person: Person | None, thing: tuple[Edition, PeopleList], at: datetime) -> Verdict:
    """Judge whether a person may write to a list of an edition: who runs it, to a list they may see."""
    edition, people = thing
    runs = may_coordinate(person, edition, at)
    return people.may_see(person, edition, at) if runs else runs


def may_read_message(person: Person | None, message: Message, at: datetime) -> Verdict:
    """Judge whether a person may see how a letter fared."""
    return may_coordinate(person, message.edition, at)


def may_take_back(person: Person | None, message: Message, at: datetime) -> Verdict:
    """Judge whether a letter can still be taken back: until the instant at which it leaves."""
    runs = may_coordinate(person, message.edition, at)
    if not runs:
        return runs
    if message.taken_back_at:
        return denied(_("This letter was taken back already."))
    if message.left_at or message.leaves_at <= at:
        return denied(_("This letter has left: it cannot be taken back any more."))
    return ALLOWED
