"""Acts: what a payload may hold, recording, showing, sentences."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

import pytest
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import ngettext_lazy
from django_tasks_db.models import DBTaskResult

from sqcuola.kernel import acts
from sqcuola.kernel.acts.fields import PayloadError
from sqcuola.kernel.ids import Code, Digest, digest
from sqcuola.kernel.models import Act, ActorCode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registries")]


class Colour(models.TextChoices):
    RED = "red", "rosso"
    BLUE = "blue", "blu"


class Plain(Enum):
    ONE = 1


def declared(audience="public", sentence="{actor} moved {count}.", name="tested", things=None):
    @acts.verb(name, audience=audience, sentence=sentence, things=things)
    @dataclass(frozen=True)
    class Moved:
        count: int

    return Moved


def done(payload, **how):
    with transaction.atomic():
        return acts.record(payload, **{"by": acts.SYSTEM, "at": datetime(2026, 1, 2, tzinfo=UTC), **how})


def test_a_payload_holds_ids_numbers_dates_and_choices():
    @acts.verb("tested", audience="public", sentence="")
    @dataclass(frozen=True)
    class Everything:
        number: int
        exact: Decimal
        yes: bool
        day: date
        moment: datetime
        colour: Colour
        plain: Plain
        word: Literal["up", "down"]
        code: Code
        proof: Digest
        absent: int | None
        days: tuple[date, ...]

    rome = timezone(timedelta(hours=1))
    act = done(
        Everything(
            number=7,
            exact=Decimal("1.50"),
            yes=True,
            day=date(2026, 10, 1),
            moment=datetime(2026, 10, 1, 9, 30, tzinfo=rome),
            colour=Colour.BLUE,
            plain=Plain.ONE,
            word="up",
            code=Code("2026-like"),
            proof=digest("x"),
            absent=None,
            days=(date(2026, 10, 1), date(2026, 10, 2)),
        )
    )

    assert Act.objects.get(id=act.id).payload == {
        "number": 7,
        "exact": "1.50",
        "yes": True,
        "day": "2026-10-01",
        "moment": "2026-10-01T08:30:00.000000+00:00",
        "colour": "blue",
        "plain": 1,
        "word": "up",
        "code": "2026-like",
        "proof": digest("x"),
        "absent": None,
        "days": ["2026-10-01", "2026-10-02"],
    }


@pytest.mark.parametrize(
    "hint", [str, str | None, list[str], tuple[str, ...], tuple[int, ...], dict[str, int], float, Any, object]
)
def test_a_payload_with_text_or_lists_of_ids_is_refused_when_it_is_declared(hint):
    made = dataclass(frozen=True)(type("Written", (), {"__annotations__": {"words": hint}}))

    with pytest.raises(PayloadError, match=r"Written\.words"):
        acts.verb("tested", audience="public", sentence="")(made)


@pytest.mark.parametrize("name", ["person", "person_id", "account_id", "by_user"])
def test_a_person_is_no_part_of_a_payload(name):
    made = dataclass(frozen=True)(type("Named", (), {"__annotations__": {name: int}}))

    with pytest.raises(PayloadError, match="actor or its subject"):
        acts.verb("tested", audience="public", sentence="")(made)


def test_a_payload_that_can_change_is_refused():
    with pytest.raises(PayloadError, match="frozen"):
        acts.verb("tested", audience="public", sentence="")(dataclass(type("Loose", (), {})))


def test_a_verb_is_declared_once():
    declared()

    with pytest.raises(ValueError, match="declared twice"):
        declared()


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (int, "Ada"),
        (int, True),
        (int, 2**53),
        (Code, "Ada Bianchi"),
        (Code, "ada@example.org"),
        (Digest, "Ada"),
        (Literal["up"], "Ada"),
        (datetime, datetime(2026, 1, 1)),  # noqa: DTZ001 - the point of the test
    ],
)
def test_what_does_not_fit_its_annotation_is_not_recorded(hint, value):
    made = dataclass(frozen=True)(type("Wrong", (), {"__annotations__": {"value": hint}}))
    acts.verb("tested", audience="public", sentence="")(made)

    with pytest.raises(PayloadError):
        done(made(value))
    assert not Act.objects.exists()


def test_an_undeclared_payload_is_not_recorded():
    with pytest.raises(PayloadError, match="no declared payload"):
        done(object())


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="in the transaction"):
        acts.record(declared()(1), by=acts.SYSTEM, at=datetime(2026, 1, 2, tzinfo=UTC))


def test_a_person_has_one_code_a_scope_and_the_system_none(ada, bruno):
    moved = declared()
    first = done(moved(1), by=ada, scope="one", subject=bruno)
    again = done(moved(2), by=ada, scope="one")
    elsewhere = done(moved(3), by=ada, scope="two")
    nobody = done(moved(4))

    assert first.actor_code == again.actor_code != elsewhere.actor_code
    assert ActorCode.objects.get(code=first.subject_code).account_id == bruno.pk
    assert nobody.actor_code == nobody.subject_code == ""


def test_each_receiver_gets_one_job_in_the_same_transaction():
    moved = declared()
    told = []
    acts.receiver(moved, name="tested.first")(lambda act: told.append(act.id))
    acts.receiver(moved, name="tested.second")(lambda act: told.append(-act.id))

    act = done(moved(1))
    wanted = [row.args_kwargs["args"] for row in DBTaskResult.objects.order_by("args_kwargs")]
    assert sorted(wanted) == [["tested.first", [act.id]], ["tested.second", [act.id]]]

    def fails():
        with transaction.atomic():
            acts.record(moved(2), by=acts.SYSTEM, at=act.at)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert DBTaskResult.objects.count() == 2
    assert Act.objects.count() == 1


def test_a_receiver_is_handed_the_act():
    from sqcuola.kernel import jobs

    moved = declared()
    told = []
    acts.receiver(moved, name="tested.first")(lambda act: told.append(act.payload))
    act = done(moved(5))

    jobs._jobs["tested.first"].function(act.id)

    assert told == [{"count": 5}]


class TestAudiences:
    def test_an_act_is_shown_only_through_its_audience(self, ada, bruno, at):
        moved = declared()
        acts.register_audience("t-all", lambda person, at: acts.EVERYWHERE)
        acts.register_audience("t-class", lambda person, at: {"one"} if person == ada else ())
        acts.register_audience("t-group", lambda person, at: {"17"} if person == bruno else (), of="argument")
        for number, (audience, scope) in enumerate(
            [
                ("t-all", "one"),
                ("t-class", "one"),
                ("t-class", "two"),
                ("t-group:17", "one"),
                ("t-group:18", "one"),
                ("t-unknown", "one"),
            ]
        ):
            done(moved(number), audience=audience, scope=scope)

        def seen(person):
            rows = acts.visible(Act.objects.all(), person, at)
            return [row["payload"]["count"] for row in rows.order_by("id").values("payload")]

        assert seen(None) == [0]
        assert seen(ada) == [0, 1]
        assert seen(bruno) == [0, 3]

    def test_the_resolver_is_told_the_instant(self, ada, at):
        done(declared()(1), audience="t-later", scope="one")
        acts.register_audience("t-later", lambda person, when: {"one"} if when > at else ())

        assert not acts.visible(Act.objects.all(), ada, at).exists()
        assert acts.visible(Act.objects.all(), ada, at + timedelta(seconds=1)).exists()

    def test_a_key_is_registered_once(self):
        acts.register_audience("t-all", lambda person, at: ())

        with pytest.raises(ValueError, match="registered twice"):
            acts.register_audience("t-all", lambda person, at: ())


def only(**facts):
    """Return how accounts are called, of those to whom the facts apply."""
    people = get_user_model().objects.filter(**facts)
    return lambda account: models.Subquery(people.filter(pk=account).values("name"))


class TestSentences:
    def test_a_sentence_names_people_things_and_values(self, ada, bruno):
        moved = declared(
            sentence="{actor} moved {count} of {what} for {subject}.",
            things=lambda payloads: [{"what": f"thing {item['count']}"} for item in payloads],
        )
        acts.register_name(only(pk=ada.pk))
        rows = [done(moved(1), by=ada, subject=bruno), done(moved(2))]

        assert acts.sentences(rows, "en") == [
            "Ada Bianchi moved 1 of thing 1 for someone who has left.",
            "The school moved 2 of thing 2 for The school.",
        ]

    def test_values_read_as_people_write_them(self):
        @acts.verb("tested", audience="public", sentence="{colour}, {day}, {moment}")
        @dataclass(frozen=True)
        class Painted:
            colour: Colour
            day: date
            moment: datetime

        act = done(Painted(Colour.RED, date(2026, 10, 1), datetime(2026, 10, 1, 10, 5, tzinfo=UTC)))

        assert acts.sentences([act], "it") == ["rosso, 1 ottobre 2026, 1 ottobre 2026, 12:05"]

    def test_many_acts_cost_as_many_queries_as_one(self, ada, bruno, django_assert_num_queries):
        acts.register_name(only())
        moved = declared(sentence="{actor} {count} {subject}")
        some = [done(moved(number), by=ada, subject=bruno) for number in range(3)]
        with django_assert_num_queries(1):
            acts.sentences(some[:1], "it")
        with django_assert_num_queries(1):
            assert acts.sentences(some, "it")[2] == "Ada Bianchi 2 Bruno Verdi"

    def test_many_acts_of_a_kind_are_said_in_one_line(self):
        acts.verb("tested", audience="public", sentence="", many=ngettext_lazy("One act", "%(n)s acts", "n"))(
            dataclass(frozen=True)(type("Counted", (), {}))
        )
        acts.verb("tested once", audience="public", sentence="", many="It was moved")(
            dataclass(frozen=True)(type("Moved", (), {}))
        )

        assert [acts.summary("tested", 1), acts.summary("tested", 12)] == ["One act", "12 acts"]
        assert acts.summary("tested once", 3) == "It was moved"
        with translation.override("en"):
            assert acts.summary("of-old", 3) == "Something that this version has no words for."

    def test_things_of_several_verbs_are_asked_once(self):
        asked = []

        def things(payloads):
            asked.append(len(payloads))
            return [{"what": item["count"]} for item in payloads]

        one = declared(sentence="{what}", things=things)
        two = declared(name="tested too", sentence="{what}", things=things)

        assert acts.sentences([done(one(1)), done(two(2)), done(one(3))], "en") == ["1", "2", "3"]
        assert asked == [3]

    def test_verbs_stand_under_their_topics(self):
        topic = acts.Topic("colours", "Colours")
        for name in ("painted", "washed"):
            acts.verb(name, audience="public", sentence="", topic=topic)(
                dataclass(frozen=True)(type("Coloured", (), {}))
            )

        assert acts.topics()[topic] == ["painted", "washed"]

    def test_acts_can_be_read_with_their_names(self, ada, bruno, django_assert_num_queries):
        acts.register_name(only(pk=ada.pk))
        moved = declared(sentence="{actor} {count} {subject}")
        done(moved(1), by=ada, subject=bruno)
        done(moved(2))

        with django_assert_num_queries(1):
            said = acts.sentences(acts.with_names(Act.objects.order_by("id")), "en")
        assert said == ["Ada Bianchi 1 someone who has left", "The school 2 The school"]

    def test_an_act_nobody_declares_any_longer_still_has_words(self):
        act = done(declared()(1))
        act.verb = "of-old"

        assert acts.sentences([act], "en") == ["Something that this version has no words for."]
