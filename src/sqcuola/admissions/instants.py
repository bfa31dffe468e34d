"""How an instant is said to people: in the edition's zone, a deadline as the last minute that counts."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sqcuola.editions.models import Edition


def said(instant: datetime, edition: Edition) -> str:
    """Return an instant as a person reads it: «domenica 8 febbraio, 23:59»."""
    here = timezone.localtime(instant, ZoneInfo(edition.zone))
    words = formats.date_format(here, _("l j F, H:i"))
    return words.lower() if get_language() == "it" else words  # Italian days and months are common nouns


def deadline(instant: datetime, edition: Edition) -> str:
    """Return a deadline, stored as the first refused instant, as the last minute that counts."""
    return said(instant - timedelta(minutes=1) if instant.second == 0 else instant, edition)


def day_in(instant: datetime, edition: Edition) -> date:
    """Return the calendar day an instant falls on, where the edition lives."""
    return timezone.localtime(instant, ZoneInfo(edition.zone)).date()
