"""A person has seen what they were told."""

from datetime import datetime

from sqcuola.notices import rules
from sqcuola.notices.models import Notice
from sqcuola.people.models import Person


def open_notice(notice: Notice, *, by: Person, at: datetime) -> None:
    """Note that a notice was opened; the first time counts."""
    rules.may_open(by, notice, at).or_refuse()
    Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=at)


def see_all(person: Person, *, at: datetime) -> int:
    """Note that a person has seen all notices there are; return how many were new."""
    return Notice.objects.filter(person=person, seen_at=None, made_at__lte=at).update(seen_at=at)
