"""Who may open the pages of `front`: everybody, and only what is published."""

from datetime import timedelta

from sqcuola.editions import actions
from sqcuola.editions.models import Phase
from sqcuola.kernel.permissions import EVERYONE, Row


def cast(cast):
    """Publish one edition, and prepare another that nobody may know of."""
    week = timedelta(days=7)
    boss = cast.people["administrator"]
    for slug, number in (("public-face", 801), ("hidden-face", 802)):
        made = actions.create_edition(
            number=number,
            title=f"Edition {number}",
            slug=slug,
            phases={
                Phase.Kind.CALL: (cast.at - week, cast.at + week),
                Phase.Kind.CLASS: (cast.at + 2 * week, cast.at + 9 * week),
            },
            by=boss,
            at=cast.at - week,
        )
        cast.things[slug] = made
    actions.publish(cast.things["public-face"], by=boss, at=cast.at - week)


def public(_cast):
    return {"slug": "public-face"}


def hidden(_cast):
    return {"slug": "hidden-face"}


def question(_cast):
    return {"question": "Is a degree needed?", "email": ""}


def typed(_cast):
    return {"code": "AAAAA-AAAAA"}


NAMES = ("edition", "rules", "questions", "card", "calendar", "feed")
ROWS = [
    Row("front:first_run", allowed=EVERYONE, case="no school yet"),
    Row("front:first_run", "POST", EVERYONE, data=typed, answers=200, case="a wrong code"),
    Row("front:first_school", allowed=EVERYONE, answers=302, case="without the code: back to it"),
    Row("front:first_school", "POST", EVERYONE, case="without the code: back to it"),
    Row("front:first_mail", allowed=("administrator",)),
    Row("front:first_mail", "POST", ("administrator",)),
    Row("front:preview", allowed=("administrator",), kwargs=hidden),
    Row("front:home", allowed=EVERYONE),
    Row("front:search", allowed=EVERYONE),
    *(Row(f"front:{name}", allowed=EVERYONE, kwargs=public, case="published") for name in NAMES),
    *(Row(f"front:{name}", kwargs=hidden, case="not published") for name in NAMES),
    Row(
        "front:rules_file",
        allowed=EVERYONE,
        kwargs=lambda _cast: {"slug": "public-face", "version": 1},
        case="published",
    ),
    Row("front:rules_file", kwargs=lambda _cast: {"slug": "hidden-face", "version": 1}, case="not published"),
    Row("front:questions", "POST", allowed=EVERYONE, kwargs=public, data=question, case="published"),
    Row("front:questions", "POST", kwargs=hidden, data=question, case="not published"),
]
