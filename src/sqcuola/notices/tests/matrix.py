"""Who may open the pages of `notices`: one's own notices; texts and letters of an edition by who runs it."""

from datetime import timedelta

from sqcuola.editions import actions as editions
from sqcuola.editions.models import Phase
from sqcuola.kernel import lists
from sqcuola.kernel.permissions import MEMBERS, Row
from sqcuola.kernel.verdicts import ALLOWED
from sqcuola.notices import actions, texts
from sqcuola.notices.of_editions import CHANGES
from sqcuola.notices.texts import Said
from sqcuola.people.models import Person

BOSS = ("administrator",)
OWN = ("stranger",)
WORDS = {
    "subject_it": "Ciao", "body_it": "Ciao, {days}", "subject_en": "Hello", "body_en": "Hello, {days}",
}  # fmt: skip
POSTPONED = CHANGES["edition-postponed"]
LETTER = {"subject": "Hello", "body": "Hello {name}", "once": "matrix-2", "do": "send"}


def cast(cast):
    """Prepare an edition with a letter on its way, and tell the stranger something."""
    boss, stranger = cast.people["administrator"], cast.people["stranger"]
    week = timedelta(days=7)
    made = editions.create_edition(
        number=700,
        title="Letters",
        slug="letters",
        phases={
            Phase.Kind.CALL: (cast.at - week, cast.at + week),
            Phase.Kind.CLASS: (cast.at + 2 * week, cast.at + 9 * week),
        },
        by=boss,
        at=cast.at - week,
    )
    _registered(stranger)
    people = lists.named("matrix")
    cast.things["letter"] = actions.send(
        made, people, Said("Hello", "Hello"), once="matrix-1", by=boss, at=cast.at
    )
    cast.things["notice"] = actions.tell(
        stranger, POSTPONED, url="/", edition=made, at=cast.at, data={"days": "7", "reason": "Why"}
    )
    cast.things["stranger"] = stranger


def _registered(stranger):
    lists._lists["matrix"] = lists.PeopleList(
        "matrix", "A list", lambda *_: Person.objects.filter(pk=stranger.pk), lambda *_: ALLOWED
    )


def edition(_cast):
    return {"slug": "letters"}


def text(_cast):
    return {"slug": "letters", "key": POSTPONED}


def people(_cast):
    return {"slug": "letters", "key": "matrix"}


def letter(cast):
    return {"slug": "letters", "number": cast.letter.pk}


def hours(_cast):
    kinds = {f"how-{item.key}": item.how for item in texts.all_texts()}
    return {"quiet_from": "22:00", "quiet_until": "07:00", "digest_at": "08:00", **kinds}


ROWS = [
    Row("notices:all", allowed=MEMBERS),
    Row("notices:see_all", "POST", allowed=MEMBERS),
    Row("notices:preferences", allowed=MEMBERS),
    Row("notices:preferences", "POST", allowed=MEMBERS, data=hours),
    Row("notices:open", "POST", allowed=OWN, kwargs=lambda cast: {"number": cast.notice.pk}),
    Row("notices:texts", allowed=BOSS, kwargs=edition),
    Row("notices:text", allowed=BOSS, kwargs=text),
    Row("notices:text", "POST", allowed=BOSS, kwargs=text, data=lambda _cast: WORDS),
    Row("notices:ours", "POST", allowed=BOSS, kwargs=text),
    Row("notices:write_all", allowed=BOSS, kwargs=edition),
    Row("notices:write", allowed=BOSS, kwargs=people),
    Row(
        "notices:write",
        "POST",
        allowed=BOSS,
        kwargs=people,
        data=lambda cast: {**LETTER, "many": 1, "to": [cast.stranger.pk]},
    ),
    Row("notices:message", allowed=BOSS, kwargs=letter),
    Row("notices:receivers_file", "POST", answers=200, allowed=BOSS, kwargs=letter),
    Row("notices:people_file", "POST", answers=200, allowed=BOSS, kwargs=people),
    Row("notices:take_back", "POST", allowed=BOSS, kwargs=letter),
]
