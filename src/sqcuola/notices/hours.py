"""The hours at which a person wants mail, in the school's zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from sqcuola.editions.queries import school
from sqcuola.notices.models import Hours
from sqcuola.people.models import Person


def zone() -> ZoneInfo:
    """Return the zone in which the school counts its hours."""
    found = school()
    return ZoneInfo(found.zone if found else settings.TIME_ZONE)


def of(person: Person) -> Hours:
    """Return a person's hours, or those we propose."""
    return Hours.objects.filter(person=person).first() or Hours(person=person)


def after_quiet(person: Person, at: datetime) -> datetime:
    """Return the first instant from `at` on at which a person wants mail."""
    hours = of(person)
    local = timezone.localtime(at, zone())
    clock, begins, ends = local.time(), hours.quiet_from, hours.quiet_until
    quiet = begins <= clock < ends if begins <= ends else clock >= begins or clock < ends
    if not quiet:
        return at
    day = local.date() if clock < ends else local.date() + timedelta(days=1)
    return datetime.combine(day, ends, tzinfo=local.tzinfo)


def of_daily_mail(person: Person, at: datetime) -> datetime:
    """Return the instant of a day's one mail, on the day of `at`."""
    local = timezone.localtime(at, zone())
    return datetime.combine(local.date(), of(person).digest_at, tzinfo=local.tzinfo)
