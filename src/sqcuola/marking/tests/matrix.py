"""Who may open the reading desk: those who were given papers, each their own."""

from datetime import timedelta

from django.contrib.auth import get_user_model

from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.kernel import ids
from sqcuola.kernel.permissions import Row
from sqcuola.marking.models import Assignment, Criterion, Paper, Round

DAY = timedelta(days=1)
READERS = ("reader with papers", "reader of the same round")


def person(name):
    return get_user_model().objects.create_user(f"{name.lower()}@mark.example.org", name, language="en")


def cast(cast):
    at = cast.at
    edition = Edition.objects.create(
        slug="is-read",
        number=9,
        title="IX",
        scope=ids.code(16),
        published_at=at - 9 * DAY,
        created_at=at - 9 * DAY,
    )
    Phase.objects.create(edition=edition, kind="reading", begins=at - DAY, ends=at + DAY)
    cast.things["mark_round"] = made = Round.objects.create(
        edition=edition, owner="matrix", title_it="la lettera", filled_at=at, given_at=at, seed="s"
    )
    cast.things["mark_criterion"] = Criterion.objects.create(
        round=made, position=1, words_it="Ascolta", most=5
    )
    for kind in (*READERS, "reader without papers"):
        cast.add(kind, person(kind.replace(" ", "-")))
        Role.objects.create(edition=edition, person=cast.people[kind], kind="reader", begins=at - DAY)
    body = [{"asked_it": "Chi?", "asked_en": "Who?", "written": "Parole"}]
    for turn, kind in enumerate(READERS):
        paper = Paper.objects.create(round=made, code=f"PAPER{turn}", body=body)
        Assignment.objects.create(paper=paper, reader=cast.people[kind], turn=1, given_at=at)


def here(cast):
    return {"number": cast.mark_round.pk}


def paper(cast):
    return {"number": cast.mark_round.pk, "code": "PAPER0"}


def marks(cast):
    return {f"c{cast.mark_criterion.pk}": "3", "words": "Bene."}


ROWS = [
    Row("marking:desk", allowed=READERS, kwargs=here),
    Row("marking:close", "POST", READERS, kwargs=here),
    Row("marking:paper", allowed=READERS[:1], kwargs=paper),
    Row("marking:paper", "POST", READERS[:1], kwargs=paper, data=marks),
    Row("marking:hand_back", "POST", READERS[:1], kwargs=paper),
]
