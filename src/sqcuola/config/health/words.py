"""What failed, how often, how long ago: in words for who looks after the house. Nobody is named in them."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.kernel import jobs, reasons
from sqcuola.kernel.models import Outgoing

MINUTE, HOUR, DAY = 60, 3600, 86400


def job(name: str) -> str:
    """Return what a job does; the name itself for one that this version no longer has."""
    found = jobs.known().get(name)
    return _a_sentence(str(found.says)) if found and found.says else name


def piece(item: jobs.Scheduled) -> str:
    """Return what a piece of the schedule does."""
    return _a_sentence(str(item.says)) if item.says else item.name


def _a_sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def problem(kind: str) -> str:
    """Return a sentence for a kind of error."""
    if kind == "WorkerDied":
        return _("The process ended in the middle of it, five times.")
    if kind in {"OperationalError", "InterfaceError"}:
        return _("The database did not answer, or had no room.")
    if kind in {"OSError", "PermissionError", "FileNotFoundError", "BucketError"}:
        return _("A file could not be read or written.")
    if kind in {
        "TimeoutError",
        "ConnectionError",
        "ConnectionRefusedError",
        "ConnectionResetError",
        "gaierror",
    }:
        return _("The other side did not answer.")
    if kind == "ChainError":
        return _("The chain of acts does not hold.")
    return _("An error of ours (%(kind)s): the log of the machine says where.") % {"kind": kind}


def letter(row: Outgoing) -> str:
    """Return what became of a letter, and what speaks for sending it again."""
    if row.state == Outgoing.State.UNCERTAIN:
        return _(
            "It was being handed over when the line or the machine stopped: perhaps it arrived, perhaps not. "
            "Send it again if a second one does no harm."
        )
    cause, code = reasons.why(row.problem), reasons.code_in(row.problem)
    gone = _("The other side says that there is no such mailbox. Again helps only if that was mended.")
    unwanted = _("The other side did not want it. Ask who looks after our mail before you try again.")
    advice = {
        reasons.NOBODY: gone,
        reasons.NO_HOST: gone,
        reasons.CLOSED: gone,
        reasons.FULL: _("The mailbox was full. Again helps once there is room."),
        reasons.UNWANTED: unwanted,
        reasons.STOPPED: unwanted,
        reasons.UNREACHED: _("The other side could not be reached for days. Again helps once it answers."),
    }
    if cause in advice:
        return advice[cause]
    if code.startswith("4") or not code:
        return _(
            "Our mail server could not be reached, or took nothing, five times in three hours. Try again."
        )
    return _("The other side refused it (%(code)s).") % {"code": code}


def masked(address: str) -> str:
    """Return an address that its owner would know, and nobody else: «m…@example.org»."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}…@{host}"


def often(interval: timedelta) -> str:
    """Return «every 5 minutes»."""
    seconds = int(interval.total_seconds())
    if seconds < MINUTE:
        return ngettext("every second", "every %(n)d seconds", seconds) % {"n": seconds}
    if seconds < HOUR:
        return ngettext("every minute", "every %(n)d minutes", seconds // MINUTE) % {"n": seconds // MINUTE}
    if seconds < DAY:
        return ngettext("every hour", "every %(n)d hours", seconds // HOUR) % {"n": seconds // HOUR}
    return ngettext("every day", "every %(n)d days", seconds // DAY) % {"n": seconds // DAY}


def ago(passed: timedelta) -> str:
    """Return «3 days ago», in whole units."""
    seconds = max(0, int(passed.total_seconds()))
    if seconds < MINUTE:
        return _("a moment ago")
    if seconds < HOUR:
        return ngettext("a minute ago", "%(n)d minutes ago", seconds // MINUTE) % {"n": seconds // MINUTE}
    if seconds < 2 * DAY:
        return ngettext("an hour ago", "%(n)d hours ago", seconds // HOUR) % {"n": seconds // HOUR}
    return ngettext("a day ago", "%(n)d days ago", seconds // DAY) % {"n": seconds // DAY}
