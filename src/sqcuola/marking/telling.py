"""Telling readers that papers wait: by mail, with a link that opens their desk and nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import ngettext

from sqcuola.editions import mail
from sqcuola.marking.models import Round
from sqcuola.marking.texts import GIVEN
from sqcuola.people import links
from sqcuola.people.models import Person
from sqcuola.ui.dates import deadline


def given(round_: Round, reader: Person, papers: int, at: datetime) -> None:
    """Tell a reader how many papers came to their desk, in the caller's transaction."""
    thing = ("marking:desk", {"number": round_.pk})
    url = links.make(reader, thing=thing, expires=round_.ends, at=at)
    with translation.override(reader.language), timezone.override(ZoneInfo(round_.edition.zone)):
        words = ngettext("%(n)d new paper", "%(n)d new papers", papers) % {"n": papers}
        values = {"name": str(reader), "papers": words, "deadline": deadline(round_.ends)}
    letter = mail.Letter(
        text=GIVEN,
        key=f"{GIVEN}:{round_.pk}:{reader.pk}:{at.isoformat()}",
        to=reader.email,
        language=reader.language,
        edition=round_.edition,
        url=url,
        values=values,
    )
    mail.post(letter, at=at)
