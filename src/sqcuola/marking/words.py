"""How long something takes, as one says it."""

from datetime import timedelta

from django.utils.translation import ngettext

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def about(time: timedelta | None) -> str:
    """Return «about 25 minutes», «about two and a half hours» in figures; "" for None. Never less than five minutes."""
    if time is None:
        return ""
    if time < timedelta(minutes=55):
        minutes = max(5, round(time / MINUTE / 5) * 5)
        return ngettext("about %(n)d minute", "about %(n)d minutes", minutes) % {"n": minutes}
    halves = round(time / HOUR * 2)
    hours, half = divmod(halves, 2)
    if half:
        return ngettext("about %(n)d and a half hours", "about %(n)d and a half hours", hours) % {"n": hours}
    return ngettext("about %(n)d hour", "about %(n)d hours", hours) % {"n": hours}
