"""What is new about an edition, as an Atom feed (RFC 4287)."""

from datetime import datetime

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sqcuola.editions.models import Edition
from sqcuola.front import reading
from sqcuola.front.words import plain
from sqcuola.kernel import acts
from sqcuola.kernel.models import Act

NEWEST = 30


def write(edition: Edition, site: str, at: datetime) -> str:
    """Return the feed: acts that everybody may know of, and answered questions, the newest first."""
    page = site + reverse("front:edition", args=[edition.slug])
    feed = Atom1Feed(
        title=edition.title, link=page, description=plain(edition.lead or edition.headline or edition.title),
        language=get_language(), feed_url=site + reverse("front:feed", args=[edition.slug]), feed_guid=page,
    )  # fmt: skip
    items = [*_done(edition, at), *_answered(edition, site)]
    for title, words, when, guid, link in sorted(items, key=lambda item: item[2], reverse=True)[:NEWEST]:
        feed.add_item(
            title=title,
            link=link or page,
            description=words,
            pubdate=when,
            updateddate=when,
            unique_id=f"{page}#{guid}",
        )
    return feed.writeString("utf-8")


Item = tuple[str, str, datetime, str, str]


def _done(edition: Edition, at: datetime) -> list[Item]:
    public = acts.visible(Act.objects.filter(scope=edition.scope), None, at).order_by("-pk")[:NEWEST]
    found = list(public)
    said = acts.sentences(found, get_language() or "it")
    return [(words, words, act.at, f"act-{act.pk}", "") for act, words in zip(found, said, strict=True)]


def _answered(edition: Edition, site: str) -> list[Item]:
    link = site + reverse("front:questions", args=[edition.slug])
    return [
        (
            _("Answered: %(question)s") % {"question": item.question},
            item.answer,
            item.answered_at,
            f"q{item.pk}",
            link,
        )
        for item in reading.answers(edition.pk)
        if item.answered_at
    ]
