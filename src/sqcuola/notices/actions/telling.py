"""Tell one person one thing, once: here, and by mail as they want it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sqcuola.editions.models import Edition
from sqcuola.kernel.models import Act
from sqcuola.notices import hours, posting, texts
from sqcuola.notices.models import Notice, Preference
from sqcuola.people.models import Person

How = Preference.How


def tell(
    person: Person,
    key: str,
    *,
    url: str,
    at: datetime,
    data: Mapping[str, str] | None = None,
    edition: Edition | None = None,
    thing: str = "",
    act: Act | None = None,
) -> Notice:
    """Tell a person what the text `key` says, in the caller's transaction; the same thing again changes nothing.

    `thing` is what makes it one thing ("17", the number of an offer); without it, the url does. `data` fills the text's
    own fields; {name}, {edition}, {school} and {url} are filled by themselves.
    """
    text = texts.named(key)
    with transaction.atomic():
        notice, made = Notice.objects.get_or_create(
            person=person,
            key=f"{key}:{thing or url}"[:120],
            defaults={
                "kind": key,
                "data": dict(data or {}),
                "url": url,
                "edition": edition,
                "act_id": act.pk if act else None,
                "made_at": at,
            },
        )
        if made:
            _mail(notice, text, edition, at)
    return notice


def _mail(notice: Notice, text: texts.Text, edition: Edition | None, at: datetime) -> None:
    person = notice.person
    how = wanted(person, text)
    if how == How.HERE:
        return
    if how == How.DAILY:
        notice.mail = Notice.Mail.DIGEST
    else:
        said = texts.words_of(text, notice.edition_id, person.language)
        values = {**posting.values_for(person, edition, notice.url), **notice.data}
        leaves = at if text.firm else hours.after_quiet(person, at)
        posting.post(
            person, texts.filled(said, values), key=f"notices.notice:{notice.pk}", at=at, send_after=leaves
        )
        notice.mail = Notice.Mail.SENT
    notice.save(update_fields=["mail"])


def wanted(person: Person, text: texts.Text) -> Preference.How:
    """Return how a person hears of a kind of thing: as they chose, or as we propose; a firm text always now."""
    if text.firm:
        return How.NOW
    if not text.choice:
        return text.how
    chosen = Preference.objects.filter(person=person, kind=text.key).values_list("how", flat=True).first()
    return How(chosen) if chosen else text.how
