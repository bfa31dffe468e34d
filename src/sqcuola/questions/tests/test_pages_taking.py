"""The pages of a test, without a browser and without a script."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.pages import assert_page

from sqcuola.kernel import clock
from sqcuola.kernel.verdicts import denied
from sqcuola.questions import actions, queries
from sqcuola.questions.models import AnswerEntry, Attempt, BlueprintLine

from .conftest import NOW, choices, ticked

CODE = "NIVES23456"
HELP = 'Se ti serve aiuto: Lidia, <a class="nowrap number" href="tel:0521000000">0521 000 000</a>'


@pytest.fixture
def at(monkeypatch):
    """Hold the clock; a test moves it with at(minutes)."""
    held = {"now": NOW}
    monkeypatch.setattr(clock, "now", lambda: held["now"])

    def move(minutes):
        held["now"] = NOW + timedelta(minutes=minutes)

    return move


@pytest.fixture
def me(client, nives, at):
    client.force_login(nives)
    return client


def url(name, *args):
    return reverse(f"questions:{name}", args=args)


def begun(client):
    client.post(url("test", CODE))
    return Attempt.objects.get()


def first(attempt, place=1):
    return attempt.questions.get(place=place).question_id


def sends(place, value, **more):
    return {"device": "PAGEONE234", "seq": "1", "on": f"a{place}", f"a{place}": value, "go": "next", **more}


def test_before_the_page_says_what_is_about_to_begin(me, owned):
    page = assert_page(me.get(url("test", CODE)))
    assert "NIVES23456" in page.replace(" ", "")
    assert HELP in page
    assert 'href="mailto:aiuto@example.org"' in page
    owned["may"] = denied("La prova comincia alle dieci.")
    page = assert_page(me.get(url("test", CODE)))
    assert "La prova comincia alle dieci." in page
    assert '<button class="button' not in page.split("<main")[1].split("</main")[0]
    assert me.post(url("test", CODE)).status_code == 403
    assert not Attempt.objects.exists()


def test_every_page_of_a_test_says_whom_to_ask(me, owned, at):
    begun(me)
    for address in (url("page", CODE, 1), url("all", CODE), url("hand_in", CODE)):
        assert assert_page(me.get(address)).count(HELP) == 1
    at(41)
    assert assert_page(me.get(url("test", CODE))).count(HELP) == 1


def test_a_trial_names_nobody(me, at):
    me.post(url("trial"))
    page = assert_page(me.get(url("page", Attempt.objects.get().code, 1)))
    assert "Se ti serve aiuto" not in page


def test_an_allowance_is_in_the_minutes(me, owned, nives):
    actions.allow(nives, extra_percent=30, until=NOW + timedelta(days=1), aids="vocabolario")
    page = assert_page(me.get(url("test", CODE)))
    assert "52" in page
    assert "vocabolario" in page


def test_questions_one_by_one_and_back_where_one_was(me, owned, at):
    response = me.post(url("test", CODE))
    assert response.url == url("page", CODE, 1)
    attempt = Attempt.objects.get()
    page = assert_page(me.get(response.url))
    assert "domanda 1 di 5" in page.lower()
    at(2)
    response = me.post(response.url, sends(1, ticked(attempt)))
    assert response.url == url("page", CODE, 2)
    page = assert_page(me.get(response.url))
    assert "10:02:00" in page
    assert me.get(url("test", CODE)).url == url("page", CODE, 2)
    page = assert_page(me.get(url("page", CODE, 1)))
    assert page.count(" checked") == 1


def test_the_same_form_sent_twice_stands_once_and_an_unchanged_one_writes_nothing(me, owned):
    attempt = begun(me)
    sent = sends(1, ticked(attempt))
    for _ in range(3):
        me.post(url("page", CODE, 1), sent)
    me.post(url("page", CODE, 1), {**sent, "device": "ANOTHER234"})
    assert AnswerEntry.objects.count() == 1


def test_back_saves_too_and_the_last_page_leads_to_the_overview(me, owned):
    attempt = begun(me)
    sent = sends(5, ticked(attempt, 5), go="back")
    assert me.post(url("page", CODE, 5), sent).url == url("page", CODE, 4)
    assert me.post(url("page", CODE, 5), {**sent, "go": "next"}).url == url("all", CODE)
    assert queries.result(attempt).answered == 1


def test_what_is_marked_stands_in_the_overview_and_the_confirm_page_says_what_is_missing(me, owned):
    attempt = begun(me)
    me.post(url("page", CODE, 2), sends(2, ticked(attempt, 2), r2="on"))
    page = assert_page(me.get(url("all", CODE)))
    assert "4 domande" in page
    assert page.count('class="to later"') == 1
    page = assert_page(me.get(url("hand_in", CODE)))
    assert "4 domande" in page
    assert Attempt.objects.get().ended_at is None
    assert me.post(url("hand_in", CODE)).url == url("test", CODE)
    page = assert_page(me.get(url("test", CODE)))
    assert "Hai consegnato" in page
    assert me.get(url("page", CODE, 1)).url == url("test", CODE)
    assert me.get(url("all", CODE)).url == url("test", CODE)


def test_after_the_deadline_the_page_says_what_was_taken(me, owned, at):
    attempt = begun(me)
    me.post(url("page", CODE, 1), sends(1, ticked(attempt)))
    at(40)
    response = me.post(url("page", CODE, 2), sends(2, ticked(attempt, 2)))
    page = assert_page(response, status=403)
    assert "10:40:00" in page
    assert queries.result(attempt).answered == 1
    page = assert_page(me.get(url("test", CODE)))
    assert "Il tempo è finito" in page
    assert_page(me.post(url("hand_in", CODE)), status=403)


def save(client, **fields):
    return client.post(url("save", CODE), {"device": "SCRIPT2345", "seq": "1", "place": "1", **fields})


def test_the_script_saves_one_answer_and_hears_when(me, owned, at):
    attempt = begun(me)
    at(3)
    given = int((NOW + timedelta(minutes=2)).timestamp() * 1000)
    answer = save(me, value=ticked(attempt), given=given)
    assert answer.json()["saved"] == "10:03:00"
    entry = AnswerEntry.objects.get()
    assert (entry.given, entry.received) == (NOW + timedelta(minutes=2), NOW + timedelta(minutes=3))
    assert len(answer.content) < 100
    assert save(me, value=ticked(attempt), given=given).status_code == 200
    assert AnswerEntry.objects.count() == 1
    assert save(me, seq=2, review="1").status_code == 200
    assert queries.given(attempt).review == {first(attempt)}


def test_the_script_is_told_why_not_in_words(me, owned, at):
    attempt = begun(me)
    for fields in (
        {"place": "77", "value": "1"},
        {"value": "xx"},
        {"place": "no", "value": ""},
        {"place": "1"},
    ):
        assert save(me, **fields).status_code == 403
    at(41)
    late = save(me, value=ticked(attempt), seq=9)
    assert (late.status_code, "10:40:00" in late.json()["refused"]) == (403, True)


@pytest.mark.parametrize("junk", ["-1", "99999999999", "x", "", "٣"])
def test_odd_numbers_do_no_harm(me, owned, junk):
    attempt = begun(me)
    assert save(me, value=ticked(attempt), seq=junk, given=junk, device=junk).status_code == 200
    assert queries.result(attempt).points == 1


def test_a_test_is_nobody_elses(owned, me, oreste):
    begun(me)
    other = Client()
    other.force_login(oreste)
    for name, *rest in [("test",), ("page", 1), ("all",), ("hand_in",)]:
        assert other.get(url(name, CODE, *rest)).status_code == 404
    assert other.post(url("save", CODE), {"place": "1", "value": ""}).status_code == 404
    assert other.post(url("test", CODE)).status_code == 404


def test_the_code_alone_opens_the_test_and_nothing_else(owned, db, at):
    device = Client()
    page = assert_page(device.get(url("code")))
    assert 'name="code"' in page
    response = device.post(url("code"), {"code": "nives 234-56"})
    assert response.url == url("test", CODE)
    assert_page(device.get(response.url))
    assert device.post(response.url).url == url("page", CODE, 1)
    attempt = Attempt.objects.get()
    assert device.post(url("page", CODE, 1), sends(1, ticked(attempt))).url == url("page", CODE, 2)
    assert save(device, value=ticked(attempt), seq=5).status_code == 200
    assert_page(device.get(url("hand_in", CODE)))
    assert device.get("/me/").status_code == 404
    assert device.get(url("trial")).status_code == 404


def test_a_device_that_a_code_opened_is_open_to_the_next_code(owned, oreste, db, at):
    device = Client()
    device.post(url("code"), {"code": CODE})
    mine = actions.start_trial(oreste, at=NOW)
    assert_page(device.get(url("code")))
    device.post(url("code"), {"code": mine.code})
    assert device.get(url("page", mine.code, 1)).status_code == 200
    assert device.get(url("test", CODE)).status_code == 404


def test_a_wrong_code_says_so_and_a_code_closes_a_day_after(owned, me, at):
    device = Client()
    page = assert_page(device.post(url("code"), {"code": "WRONG23456"}))
    assert "WRONG23456" in page
    begun(me)
    at(40 + 24 * 60)
    assert device.post(url("code"), {"code": CODE}).status_code == 200
    assert "_auth_user_id" not in device.session


def test_codes_cannot_be_guessed_for_long(owned, at):
    device = Client()
    for _ in range(100):
        device.post(url("code"), {"code": "WRONG23456"})
    assert device.post(url("code"), {"code": CODE}).status_code == 200


def test_twenty_on_a_page(me, owned, blueprint):
    blueprint.per_page = 20
    blueprint.save(update_fields=["per_page"])
    attempt = begun(me)
    page = assert_page(me.get(url("page", CODE, 1)))
    assert page.count("<fieldset") == 5
    places = [f"a{place}" for place in range(1, 6)]
    sent = {name: ticked(attempt, place) for place, name in enumerate(places, start=1)}
    me.post(url("page", CODE, 1), {"device": "PAGEONE234", "seq": "1", "on": places, **sent})
    assert queries.result(attempt).points == 5


def test_every_kind_of_question_without_a_script(me, nives, at):
    me.post(url("trial"))
    attempt = Attempt.objects.get()
    rows = {row.question.kind: row for row in attempt.questions.select_related("question")}
    sent = {"device": "PAGEONE234", "seq": "1"}
    for kind, row in rows.items():
        name = f"a{row.place}"
        options = list(row.question.options.all())
        fields = {"on": name}
        if kind == "matching":
            fields |= {
                f"{name}-{row.options.index(one.pk) + 1}": str(row.matches.index(one.pk) + 1)
                for one in options
            }
        elif kind in {"short", "numerical"}:
            fields[name] = options[0].text
        else:
            fields[name] = [str(row.options.index(one.pk) + 1) for one in options if one.share > 0]
        assert_page(me.get(url("page", attempt.code, row.place)))
        me.post(url("page", attempt.code, row.place), {**sent, **fields})
    me.post(url("hand_in", attempt.code))
    page = assert_page(me.get(url("test", attempt.code)))
    assert queries.result(attempt).points == 6
    assert "6" in page


def test_a_page_does_not_tell_what_is_right_by_how_it_names_things(me, nives, at):
    """The ids of options stand in the order of the file, and both halves of a pair have the same."""
    me.post(url("trial"))
    attempt = Attempt.objects.get()
    for row in attempt.questions.select_related("question"):
        page = me.get(url("page", attempt.code, row.place)).content.decode()
        names = re.findall(rf'name="a{row.place}(?:-(\d+))?"(?: value="(\d+)")?', page)
        assert {int(left) for left, _value in names if left} <= set(range(1, len(row.options) + 1))
        if row.question.kind in {"single", "multiple", "true-false"}:
            assert [int(value) for _left, value in names] == list(range(1, len(row.options) + 1))
        if row.question.kind == "matching":
            offered = [int(pk) for pk in re.findall(r'<option value="(\d+)"', page)]
            assert offered == list(range(1, len(row.matches) + 1)) * len(row.options)


def test_a_pair_stands_chosen_when_one_comes_back(me, nives, at):
    me.post(url("trial"))
    attempt = Attempt.objects.get()
    row = attempt.questions.get(question__kind="matching")
    sent = {"device": "PAGEONE234", "seq": "1", "place": row.place, "value": "1=2,2=1"}
    assert me.post(url("save", attempt.code), sent).status_code == 200
    lefts, rights = row.options, row.matches
    assert {*queries.given(attempt).values[row.question_id].split(",")} == {
        f"{lefts[0]}={rights[1]}",
        f"{lefts[1]}={rights[0]}",
    }
    page = me.get(url("page", attempt.code, row.place)).content.decode()
    assert re.findall(r'<option value="(\d+)" selected', page) == ["2", "1"]
    for value in ("1=9", "9=1", f"{lefts[0]}={rights[0]}", "0=1", "1=x"):
        strange = {**sent, "seq": "2", "value": value}
        assert me.post(url("save", attempt.code), strange).status_code == 403


def test_words_of_others_stand_as_words(me, owned, blueprint, bank, ask):
    ask("<script>alert(1)</script>", *choices("<b>a", "b"), category="male")
    ask("<p>Uno</p><p onclick='x'>Due</p>", *choices("*a*", "b"), category="male", markup="html")
    ask("Tre\n\n- **quattro**\n\n<i>x</i>", *choices("a", "b"), category="male", markup="markdown")
    BlueprintLine.objects.filter(blueprint=blueprint).delete()
    BlueprintLine.objects.create(blueprint=blueprint, position=1, bank=bank, category="male", count=3)
    begun(me)
    pages = [assert_page(me.get(url("page", CODE, number))) for number in (1, 2, 3)]
    joined = " ".join(pages)
    assert "&lt;script&gt;alert(1)" in joined
    assert "&lt;b&gt;a" in joined
    assert "onclick" not in joined
    assert "<strong>quattro</strong>" in joined
    assert "&lt;i&gt;x" in joined


def test_a_page_of_twenty_costs_as_many_queries_as_a_page_of_one(me, owned, blueprint):
    begun(me)
    me.get(url("page", CODE, 1))
    counts = []
    for per_page in (1, 20):
        blueprint.per_page = per_page
        blueprint.save(update_fields=["per_page"])
        with CaptureQueriesContext(connection) as asked:
            me.get(url("page", CODE, 1))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9  # the log, and what the frame of every page asks, included
