"""What must be well in a house that runs: each check says so in a sentence, or what to do."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.config import outside
from sqcuola.config.health import words
from sqcuola.editions.models import Edition
from sqcuola.kernel import acts, working
from sqcuola.kernel.acts import Act
from sqcuola.kernel.models import Outgoing, ScheduleRun
from sqcuola.ui import dates

OLD_BACKUP: Final = timedelta(days=7)
SLOW_SEAL: Final = timedelta(minutes=1)
SLOW_LETTER: Final = timedelta(minutes=15)
OLD_WALK: Final = timedelta(days=3)
LITTLE_ROOM: Final = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is well, or not: `title` names it, `line` says how it is and, if it is not well, what to do."""

    title: str
    line: str
    well: bool = True


def all_checks(at: datetime) -> list[Check]:
    """Look at everything: a fixed number of queries, one look at the disk, and at what the school has elsewhere."""
    return [worker(at), mail(at), chain(at), walk(at), backup(at), room(), *elsewhere(outside.look())]


def worker(at: datetime) -> Check:
    """Say whether somebody does what can wait."""
    sign, title = working.last_sign(), _("The worker")
    if not working.is_silent(at):
        due = working.due(at)
        line = ngettext("At work. One job is due.", "At work. %(n)d jobs are due.", due) % {"n": due}
        return Check(title, line if due else _("At work, and nothing waits."))
    if sign is None:
        return Check(
            title, _("It has never run: letters do not leave. Start the school with sqcuola serve."), False
        )
    line = _("Last seen %(ago)s: letters do not leave. Start sqcuola serve again, and read its log.")
    return Check(title, line % {"ago": words.ago(at - sign)}, well=False)


def mail(at: datetime) -> Check:
    """Say whether letters leave, and how many wait longer than they should."""
    title = _("Letters")
    late = Outgoing.objects.filter(
        state=Outgoing.State.WAITING, tries=0, send_after__lt=at - SLOW_LETTER
    ).count()
    if not settings.MAIL.leaves:
        line = _("They are written down here and reach nobody: this installation has no mail server.")
        return Check(title, line, well=not nobody_is_reached(at))
    if late:
        line = ngettext(
            "One should have left by now, and waits.", "%(n)d should have left by now, and wait.", late
        )
        return Check(title, line % {"n": late}, well=False)
    return Check(title, _("They leave when they should."))


def nobody_is_reached(at: datetime) -> bool:
    """Say whether people outside wait for mail that this installation cannot send: it runs a school, or shows a call."""
    if settings.MAIL.leaves or settings.MODE == "demo":
        return False
    return settings.PRODUCTION or Edition.objects.filter(published_at__lte=at, cancelled_at=None).exists()


def chain(at: datetime) -> Check:
    """Say up to where the acts are sealed, and whether some wait longer than they should."""
    title, head = _("The chain of acts"), acts.newest()
    waiting, oldest = acts.waiting()
    if oldest and oldest < at - SLOW_SEAL:
        line = ngettext(
            "One act waits to be sealed since %(when)s. It is the worker who seals.",
            "%(n)d acts wait to be sealed, the oldest since %(when)s. It is the worker who seals.",
            waiting,
        )
        return Check(title, line % {"n": waiting, "when": dates.moment(oldest)}, well=False)
    if head.sealed_at is None:
        return Check(title, _("It is empty: nothing was done here yet."))
    line = _("Sealed up to act %(seq)d, %(when)s. Its head is %(head)s.")
    return Check(title, line % {"seq": head.seq, "when": dates.moment(head.sealed_at), "head": head.short})


def walk(at: datetime) -> Check:
    """Say when the chain was last walked from the first act to the last, and whether it held."""
    title = _("The chain, walked")
    run = ScheduleRun.objects.filter(name=acts.WALK).first()
    if run and run.problem == acts.ChainError.__name__:
        line = _(
            "It does not hold: somebody changed what was sealed. sqcuola verify-acts names the first wrong act."
        )
        return Check(title, line, well=False)
    if run is None:
        return Check(title, _("It will be walked within the day."))
    if run.last_at < at - OLD_WALK:
        return Check(title, _("Nobody has walked it in these days. The worker does so daily."), well=False)
    return Check(title, _("It holds, walked %(ago)s.") % {"ago": words.ago(at - run.last_at)})


def backup(at: datetime) -> Check:
    """Say when the last backup was made, and how large it is."""
    title = _("The last backup")
    last = Act.objects.filter(verb="backup-made").order_by("-pk").values_list("at", "payload").first()
    if last is None:
        return Check(
            title, _("There is none. On the machine: sqcuola backup FILE, every day, kept elsewhere."), False
        )
    made, payload = last
    line = _("%(day)s, %(ago)s, %(size)s.") % {
        "day": dates.full_day(made),
        "ago": words.ago(at - made),
        "size": filesizeformat((payload or {}).get("size", 0)),
    }
    if made < at - OLD_BACKUP:
        return Check(title, f"{line} {_('Make one every day: sqcuola backup FILE.')}", well=False)
    return Check(title, line)


def room() -> Check:
    """Say how much room the disk has where the school is kept."""
    disk = shutil.disk_usage(settings.HOME)
    facts = {"free": filesizeformat(disk.free), "all": filesizeformat(disk.total)}
    if disk.free < LITTLE_ROOM:
        line = _(
            "Only %(free)s of %(all)s are free: soon nothing can be saved. Make room, or give the school a larger disk."
        )
        return Check(_("The disk"), line % facts, well=False)
    return Check(_("The disk"), _("%(free)s of %(all)s are free.") % facts)


def elsewhere(seen: outside.Outside) -> list[Check]:
    """Say whether the shared cache and the bucket answer, of a school that has them."""
    return [*_cache(answers=seen.cache), *_bucket(seen)]


def _cache(*, answers: bool | None) -> list[Check]:
    if answers is None:
        return []
    title = _("The shared cache")
    if answers:
        return [Check(title, _("It answers."))]
    line = _("It does not answer: pages go on, and cost more. Look at the Redis of SQCUOLA_CACHE_URL.")
    return [Check(title, line, well=False)]


def _bucket(seen: outside.Outside) -> list[Check]:
    if seen.bucket is None:
        return []
    title = _("The bucket of files")
    if not seen.bucket:
        line = _(
            "It does not answer: no file can be sent or opened. Look at SQCUOLA_FILES_URL, its key, and who keeps it."
        )
    elif seen.versions:
        line = _(
            "It keeps older versions: what was erased here is still there. Turn versions off in it, and delete those it has."
        )
    else:
        return [Check(title, _("It answers."))]
    return [Check(title, line, well=False)]
