"""What this room does by itself, in time."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.jobs import every
from sqcuola.people import codes, copies, erasure, limits
from sqcuola.people.models import Device
from sqcuola.people.sessions import SessionStore

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@every(HOUR, name="people.forget_codes", says=_("deletes codes that ended"))
def forget_codes(at: datetime) -> None:
    """Delete codes a day after they ended."""
    codes.forget(at)


@every(DAY, name="people.forget_tallies", says=_("forgets how often something was tried"))
def forget_tallies(at: datetime) -> None:
    """Delete the counts of windows that are over."""
    limits.forget(at)


@every(DAY, name="people.forget_sessions", says=_("deletes sessions that ended, with what was typed in them"))
def forget_sessions(at: datetime) -> None:
    """Delete sessions that ended: visitors have some too, and what they typed before signing in lies there."""
    # Django knows when a session ends, and by the machine's clock, which a rehearsal leaves where it is.
    SessionStore.clear_expired()
    gone = Device.objects.exclude(session_key__in=Session.objects.values("session_key"))
    # Of a session that begins at this instant the row may be on its way.
    gone.filter(entered_at__lt=at - DAY).delete()


@every(HOUR, name="people.forget_copies", says=_("deletes copies of personal data whose week is over"))
def forget_copies(at: datetime) -> None:
    """Delete copies whose week is over."""
    copies.forget(at)


@every(HOUR, name="people.forget_last_letters", says=_("deletes the last letters to people who were erased"))
def forget_last_letters(_at: datetime) -> None:
    """Delete the last letters to erased people once they have left."""
    erasure.forget_last_letters()


@every(HOUR, name="people.forget_codes_sent", says=_("empties letters whose code no longer opens"))
def forget_codes_sent(at: datetime) -> None:
    """Empty letters that held a code which no longer opens."""
    codes.forget_letters(at)
