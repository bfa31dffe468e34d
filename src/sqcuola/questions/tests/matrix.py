"""Who may open the pages of tests: only whose test it is. The bank: administrators and who coordinates."""

from datetime import timedelta

from django.contrib.auth import get_user_model

from sqcuola.kernel.permissions import EVERYONE, MEMBERS, Row
from sqcuola.questions import actions
from sqcuola.questions.actions import importing
from sqcuola.questions.models import Bank, Blueprint, BlueprintLine, Option, Question

CHIEFS = ("administrator", "coordinator")
TAKER, FINISHED = "somebody in a test", "somebody who handed in"


def cast(cast):
    at = cast.at
    bank = Bank.objects.create(name="Matrix", created_at=at)
    question = Question.objects.create(
        bank=bank, kind="single", text="Who?", digest="0" * 64, added_at=at - timedelta(days=1)
    )
    Option.objects.create(question=question, position=1, text="I", share=1)
    blueprint = Blueprint.objects.create(name="Matrix", seed="matrix", created_at=at)
    BlueprintLine.objects.create(blueprint=blueprint, position=1, bank=bank, count=1)
    loose = Blueprint.objects.create(name="Loose", seed="loose", created_at=at)
    BlueprintLine.objects.create(blueprint=loose, position=1, bank=bank, count=1)
    file = importing.receive(b"Chi? {=io ~tu}", "matrix.gift", bank, by=None, at=at)
    cast.things["file_of_questions"], cast.things["loose_blueprint"] = file.pk, loose.pk
    people = get_user_model().objects
    for kind, name in ((TAKER, "Tina Prova"), (FINISHED, "Fulvio Finito")):
        person = people.create_user(f"{name.split()[0].lower()}@test.example.org", name, language="en")
        cast.add(kind, person)
        cast.things[kind] = actions.start(blueprint, person, at=at - timedelta(minutes=5), by=person)
    actions.hand_in(cast.things[FINISHED], by=cast.people[FINISHED], at=at)


def code_of(kind, **more):
    return lambda cast: {"code": cast.things[kind].code, **more}


def answer(_cast):
    return {"device": "MATRIX2345", "seq": "1", "place": "1", "value": "", "on": "a1", "a1": ""}


def chiefs_only(url, answers=302, **more):
    """Return the rows of a page and its form that only administrators and coordinators may open."""
    allowed = CHIEFS
    return [Row(url, allowed=allowed, **more), Row(url, "POST", allowed=allowed, answers=answers, **more)]


ROWS = [
    Row("questions:bank", allowed=CHIEFS),
    *chiefs_only("questions:bring", answers=200),
    *chiefs_only("questions:run", kwargs=lambda cast: {"pk": cast.file_of_questions}),
    *chiefs_only("questions:new_blueprint", answers=200),
    *chiefs_only("questions:blueprint", answers=200, kwargs=lambda cast: {"pk": cast.loose_blueprint}),
    Row("questions:code", allowed=EVERYONE),
    Row("questions:code", "POST", allowed=EVERYONE, answers=200, data=lambda _cast: {"code": "NOBODYS234"}),
    Row("questions:trial", allowed=MEMBERS),
    Row("questions:trial", "POST", allowed=MEMBERS),
    Row("questions:test", allowed=(TAKER,), answers=302, kwargs=code_of(TAKER)),
    Row("questions:test", allowed=(FINISHED,), kwargs=code_of(FINISHED), case="handed in"),
    Row("questions:test", "POST", allowed=(TAKER,), kwargs=code_of(TAKER)),
    Row("questions:page", allowed=(TAKER,), kwargs=code_of(TAKER, page=1)),
    Row("questions:page", "POST", allowed=(TAKER,), kwargs=code_of(TAKER, page=1), data=answer),
    Row("questions:save", "POST", allowed=(TAKER,), answers=200, kwargs=code_of(TAKER), data=answer),
    Row("questions:all", allowed=(TAKER,), kwargs=code_of(TAKER)),
    Row("questions:hand_in", allowed=(TAKER,), kwargs=code_of(TAKER)),
    Row("questions:hand_in", "POST", allowed=(TAKER,), kwargs=code_of(TAKER)),
]
