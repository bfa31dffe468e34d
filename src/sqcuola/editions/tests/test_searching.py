"""What is public of an edition is found, in both languages; what is not, or no longer, is not."""

import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from sqcuola.editions import actions, queries, searching
from sqcuola.editions.models import Clarification, Edition, Phase, Role
from sqcuola.editions.tests.conftest import CLOSES, CREATED, NOW, make_person
from sqcuola.editions.tests.test_entrusting import together
from sqcuola.kernel import jobs, search
from sqcuola.kernel.models import SearchEntry

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Classe III",
    "subject": "Master in Social Media Marketing",
    "headline_it": "Trenta posti. Non si comprano, *si guadagnano*",
    "headline_en": "Thirty seats. They are *earned*",
    "lead_it": "Sei mesi con docenti che ascoltano.",
    "lead_en": "Six months with teachers who listen.",
    "contact_name": "Zenobia Perticari",
    "contact_phone": "0521 123456",
}


def keys(asked, language="it"):
    return [found.key for found in search.find(asked, None, NOW, language=language).found]


def asked_and_answered(edition, by, question="Serve una laurea?", answer="No: basta una lettera."):
    asked = actions.ask(edition, question, email="chi@example.org", at=NOW)
    actions.answer(asked, answer, by=by, at=NOW)
    return asked


@pytest.fixture
def described(edition, lidia):
    actions.describe(edition, WORDS, by=lidia, at=NOW)
    return Edition.objects.get(pk=edition.pk)


@pytest.fixture
def key(edition):
    return f"editions.edition:{edition.pk}"


def rows():
    fields = [field.name for field in SearchEntry._meta.concrete_fields if field.name != "id"]
    return list(SearchEntry.objects.order_by("key", "language").values(*fields))


class TestEditions:
    @pytest.mark.parametrize(
        ("asked", "language"),
        [
            ("classe", "it"), ("social media", "it"), ("posto guadagnato", "it"), ("docenti ascoltare", "it"),
            ("candidature novembre", "it"), ("30 novembre 2026", "it"), ("quanti posti", "it"), ("non costano niente", "it"),
            ("seats earned", "en"), ("teachers listening", "en"), ("applications november", "en"),
            ("seats earned", "it"), ("docenti", "en"),
        ],
    )  # fmt: skip
    def test_a_public_one_is_found_by_what_its_page_and_its_rules_say(self, described, key, asked, language):
        assert keys(asked, language) == [key]

    @pytest.mark.parametrize("asked", ["zenobia", "perticari", "0521", "lidia"])
    def test_nobody_is_found_by_it(self, described, lidia, asked):
        marta = make_person("Perticari")
        actions.give_role(described, marta, Role.Kind.TEACHER, about="Zenobia", by=lidia, at=NOW)

        assert keys(asked) == []

    def test_each_language_says_its_own(self, described, key):
        (italian,) = search.find("posti guadagnati", None, NOW, language="it").found
        (english,) = search.find("seats earned", None, NOW, language="en").found

        assert (italian.language, english.language) == ("it", "en")
        assert "".join(part.text for part in english.excerpt).startswith(
            "Master in Social Media Marketing. Thirty seats. They are earned. Six months"
        )
        assert italian.url == "/e/terza/"

    def test_one_that_is_prepared_is_in_no_index(self, draft, lidia):
        actions.describe(draft, WORDS, by=lidia, at=NOW)
        asked_and_answered(draft, lidia)

        assert rows() == []
        actions.publish(draft, by=lidia, at=NOW)
        assert {row["kind"] for row in rows()} == {"edition", "answer"}

    def test_one_that_became_public_since_it_was_read_has_its_answers_found(self, draft, lidia):
        actions.ask(draft, "Serve una laurea?", at=NOW)
        read_before = Clarification.objects.select_related("edition").get()
        actions.publish(draft, by=lidia, at=NOW)

        actions.answer(read_before, "No: basta una lettera.", by=lidia, at=NOW)

        assert keys("laurea lettera") == [f"editions.clarification:{read_before.pk}"]

    def test_what_changes_is_found_as_it_is_now(self, described, key, lidia):
        actions.extend_call(
            described, ends=CLOSES + timedelta(days=2), reason="Era caduta la linea.", by=lidia, at=NOW
        )
        actions.change_seats(described, 41, reason="Un’aula più grande.", by=lidia, at=NOW)

        assert (keys("2 dicembre 2026"), keys("30 novembre 2026"), keys("41 posti")) == ([key], [], [key])

    def test_called_off_it_is_found_and_says_so_first(self, described, key, lidia):
        actions.cancel(described, reason="Il fondo è stato chiuso.", by=lidia, at=NOW)

        (found,) = search.find("fondo chiuso", None, NOW).found
        assert "".join(part.text for part in found.excerpt).startswith(
            "Questa edizione è stata annullata. Il fondo è stato chiuso."
        )
        assert keys("called off", "en") == [key]

    def test_one_that_is_taken_back_is_found_no_longer(self, described, lidia):
        asked_and_answered(described, lidia)
        Edition.objects.filter(pk=described.pk).update(published_at=None)

        search.fill()
        assert rows() == []

    def test_an_act_that_is_undone_leaves_the_index_as_it_was(self, described, lidia):
        before = rows()
        with transaction.atomic():
            actions.describe(described, {"title": "Altro"}, by=lidia, at=NOW)
            assert keys("altro") == [f"editions.edition:{described.pk}"]
            transaction.set_rollback(True)

        assert rows() == before

    def test_two_who_change_different_things_lose_neither(self, edition, key, lidia):
        one, other = (Edition.objects.get(pk=edition.pk) for _ in range(2))
        actions.describe(one, {"title": "Classe dei gabbiani"}, by=lidia, at=NOW)
        actions.change_seats(other, 41, reason="Un’aula più grande.", by=lidia, at=NOW)

        assert keys("gabbiani 41") == [key]


class TestAnswers:
    def test_an_answer_is_found_by_its_question_and_by_its_words(self, edition, lidia):
        asked = asked_and_answered(edition, lidia)

        for words in ("serve la laurea?", "lettere", "laurea lettera"):
            (found,) = search.find(words, None, NOW).found
            assert (found.key, found.kind, found.title, found.url) == (
                f"editions.clarification:{asked.pk}",
                "answer",
                "Serve una laurea?",
                f"/e/terza/questions/#answer-{asked.pk}",
            )
            assert found.scope == edition.scope

    def test_a_question_that_waits_is_in_no_index(self, edition):
        actions.ask(edition, "Serve una laurea?", email="chi@example.org", at=NOW)

        assert keys("laurea") == []
        assert not SearchEntry.objects.filter(kind="answer").exists()

    def test_who_asked_is_in_no_index(self, edition, lidia):
        asked_and_answered(edition, lidia)

        assert "chi@example.org" not in str(rows())
        assert keys("example") == []

    def test_answered_anew_it_is_found_as_it_is_now(self, edition, lidia):
        asked = asked_and_answered(edition, lidia)
        actions.answer(asked, "Basta un diploma.", question="Serve un titolo?", by=lidia, at=NOW)

        assert (keys("laurea"), keys("lettera"), len(keys("titolo diploma"))) == ([], [], 1)

    def test_put_away_it_is_found_no_longer(self, edition, lidia):
        asked = asked_and_answered(edition, lidia)
        actions.set_aside(asked, by=lidia, at=NOW)

        assert keys("laurea") == []

    def test_a_long_question_is_found_to_its_end(self, edition, lidia):
        asked_and_answered(edition, lidia, question="Vorrei sapere una cosa. " * 30 + "Serve il passaporto?")

        (found,) = search.find("passaporto", None, NOW).found
        assert (found.title[-1], len(found.title) <= searching.LONGEST_TITLE + 1) == ("…", True)


def live(edition, lidia):
    """Do to an edition whatever its index follows."""
    actions.describe(edition, WORDS, by=lidia, at=NOW)
    first = asked_and_answered(edition, lidia)
    asked_and_answered(edition, lidia, "Si paga?", "Niente.")
    actions.answer(first, "No, e neanche un diploma.", by=lidia, at=NOW + timedelta(hours=1))
    actions.set_aside(asked_and_answered(edition, lidia, "Ciao", "Ciao."), by=lidia, at=NOW)
    actions.ask(edition, "E da lontano?", at=NOW)
    actions.move_phase(
        queries.phase_for(None, edition.slug, Phase.Kind.CLASS),
        begins=NOW + timedelta(days=60), ends=NOW + timedelta(days=200), reason="L’aula è libera dopo.", by=lidia, at=NOW,
    )  # fmt: skip
    actions.postpone(
        Edition.objects.get(pk=edition.pk),
        days=3,
        reason="Nevica molto.",
        by=lidia,
        at=NOW + timedelta(hours=2),
    )


class TestFilling:
    @pytest.fixture
    def lived(self, edition, lidia):
        live(edition, lidia)
        off = actions.create_edition(
            number=2, title="Classe II", slug="seconda", by=lidia, at=CREATED,
            phases={Phase.Kind.CLASS: (NOW, NOW + timedelta(days=9))},
        )  # fmt: skip
        actions.publish(off, by=lidia, at=CREATED)
        actions.cancel(off, reason="Il fondo è stato chiuso.", by=lidia, at=NOW)
        actions.create_edition(
            number=4, title="Classe IV", slug="quarta", by=lidia, at=NOW,
            phases={Phase.Kind.CLASS: (NOW, NOW + timedelta(days=9))},
        )  # fmt: skip
        return rows()

    def test_filled_anew_it_is_what_the_acts_had_left(self, lived):
        assert len(lived) == 2 * 2 + 2
        SearchEntry.objects.all().delete()
        search.fill()
        assert rows() == lived

    def test_filled_again_nothing_is_written(self, lived):
        before = list(SearchEntry.objects.order_by("pk").values())
        search.fill()
        assert list(SearchEntry.objects.order_by("pk").values()) == before

    def test_what_went_wrong_is_put_right(self, lived):
        SearchEntry.objects.filter(kind="edition").update(title="Un’altra", stems="")
        asked = Clarification.objects.exclude(answered_at=None)[0]
        search.put(
            f"editions.clarification:{10**9}",
            search.Entry(
                kind="answer", audience="public", scope="x", title="Non più", body="", url="/", language="it",
                at=asked.answered_at,
            ),
        )  # fmt: skip
        search.fill()
        assert rows() == lived

    def test_each_day_it_is_filled_by_itself(self, lived):
        SearchEntry.objects.all().delete()
        (each_day,) = [item for item in jobs.schedule() if item.name == "kernel.fill-search"]
        each_day.function(NOW)

        assert rows() == lived

    def test_the_command_says_how_much_it_looked_at(self, lived, capsys):
        SearchEntry.objects.all().delete()
        call_command("fill_search")

        assert rows() == lived
        assert capsys.readouterr().out == "The index is whole: 6 things were looked at.\n"


@pytest.mark.parametrize("answers", [1, 3])
def test_what_it_adds_to_an_act(edition, lidia, answers, django_assert_num_queries):
    """Held and read anew, its rules, why it was called off, what stands there; and written, where it is not the same.

    Of an answer its edition is held and read anew, then what stands there.
    """
    for number in range(answers):
        asked = asked_and_answered(edition, lidia, f"Domanda {number}?")
    with transaction.atomic():
        with django_assert_num_queries(4):
            searching.put_edition(edition.pk)
        Edition.objects.filter(pk=edition.pk).update(subject="Altro")
        with django_assert_num_queries(5):
            searching.put_edition(edition.pk)
        with django_assert_num_queries(2):
            searching.put_answer(asked)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("later", ["seats", "fill"])
def test_what_two_do_at_the_same_instant_is_all_found(edition, key, lidia, later):
    """One has changed the edition and not committed yet when the other, who read it before, comes to its row."""
    changed = threading.Event()
    before = Edition.objects.get(pk=edition.pk)

    def describe():
        with transaction.atomic():
            actions.describe(edition, {"title": "Classe dei gabbiani"}, by=lidia, at=NOW)
            changed.set()
            wait_until_somebody_waits()

    def other():
        changed.wait(10)
        if later == "seats":
            actions.change_seats(before, 41, reason="Un’aula più grande.", by=lidia, at=NOW)
        else:
            search.fill()

    assert together(describe, other) == [None, None]
    assert keys("gabbiani 41" if later == "seats" else "gabbiani") == [key]
    left = rows()
    search.fill()
    assert rows() == left


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["answer", "publish"])
def test_an_answer_given_as_its_edition_becomes_public_is_found(draft, lidia, first):
    """Whoever comes second read everything before the first has committed."""
    done = threading.Event()
    asked = actions.ask(draft, "Serve una laurea?", at=NOW)
    asked = Clarification.objects.select_related("edition").get(pk=asked.pk)
    works = {
        "answer": lambda: actions.answer(asked, "No: basta una lettera.", by=lidia, at=NOW),
        "publish": lambda: actions.publish(draft, by=lidia, at=NOW),
    }
    (second,) = works.keys() - {first}

    def one():
        with transaction.atomic():
            works[first]()
            done.set()
            wait_until_somebody_waits()

    def other():
        done.wait(10)
        works[second]()

    assert together(one, other) == [None, None]
    assert f"editions.clarification:{asked.pk}" in keys("laurea lettera")


def wait_until_somebody_waits():
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waits.")
