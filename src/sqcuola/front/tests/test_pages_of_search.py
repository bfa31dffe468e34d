"""Looking for something: what is found is said in a sentence, and nothing that is asked can break the page or the house."""

import logging
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from tests.house.test_canaries import Kept
from tests.pages import assert_page
from tests.weight import POOR_LINE, weight

from sqcuola.editions import actions
from sqcuola.front import searching
from sqcuola.front.tests.conftest import NOW, make
from sqcuola.kernel import search
from sqcuola.kernel.models import SearchEntry
from sqcuola.people import limits
from sqcuola.people.models import Person

pytestmark = pytest.mark.django_db
URL = "/search/"


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def look(client, asked, **more):
    answer = client.get(URL, {"q": asked, **more})
    assert_page(answer, public=True)
    return answer


def title(answer):
    return re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)[1]


def answered(edition, lidia, question, said, minutes=0):
    asked = actions.ask(edition, question, at=NOW)
    actions.answer(asked, said, by=lidia, at=NOW + timedelta(minutes=minutes))
    return asked


@pytest.fixture
def answers(edition, lidia):
    """Two answers about the letter, which the rules of the edition say nothing of."""
    return [
        answered(edition, lidia, "Quanto è lunga la lettera?", "Mille <b>battute</b>, non di più."),
        answered(edition, lidia, "Serve una laurea?", "No: basta una lettera.", minutes=1),
    ]


class TestFinding:
    def test_the_title_says_what_was_found_and_each_thing_where_it_is(self, client, edition, answers):
        answer = look(client, "lettera")
        said, html = words(answer), answer.content.decode()

        assert title(answer) == "Due cose su «lettera»"
        assert "Risposta · Classe 3 · 23 novembre 2026 Quanto è lunga la lettera ?" in said
        assert f'<a href="/e/terza/questions/#answer-{answers[1].pk}">Serve una laurea?</a>' in html
        assert "<p>No: basta una <mark>lettera</mark>.</p>" in html
        assert "Mille &lt;b&gt;battute&lt;/b&gt;" in html
        assert f'id="answer-{answers[1].pk}"' in client.get("/e/terza/questions/").content.decode()

    def test_an_edition_leads_to_its_page_and_to_its_rules(self, client, edition):
        answer = look(client, "trenta posti")

        assert title(answer) == "Una cosa su «trenta posti»"
        assert "Edizione Classe 3" in words(answer)
        assert 'href="/e/terza/"' in answer.content.decode()
        assert 'href="/e/terza/rules/"' in answer.content.decode()

    @pytest.mark.parametrize(
        ("language", "asked", "said", "lang"),
        [
            ("it", "seats earned", "Una cosa su «seats earned»", ' lang="en"'),
            ("en", "posti guadagnati", "One thing about “posti guadagnati”", ' lang="it"'),
            ("en", "seats earned", "One thing about “seats earned”", ""),
        ],
    )
    def test_it_is_found_in_the_other_language_too_and_says_which(
        self, client, edition, language, asked, said, lang
    ):
        answer = client.get(URL, {"q": asked}, headers={"accept-language": language})

        assert title(answer) == said
        assert f'<a href="/e/terza/"{lang}>' in answer.content.decode()

    def test_kinds_narrow_where_there_are_several(self, client, edition, answers):
        assert "Di che genere" not in look(client, "lettera").content.decode()

        actions.describe(edition, {"subject": "La lettera"}, by=Person.objects.get(), at=NOW)
        both = look(client, "lettera")
        assert title(both) == "Tre cose su «lettera»"
        assert "Tutto 3 Edizioni 1 Risposte 2" in words(both)

        narrow = look(client, "lettera", kind="edition")
        assert title(narrow) == "Una cosa su «lettera»"
        assert "Tutto 3 Edizioni 1 Risposte 2" in words(narrow)
        assert 'name="kind" value="edition"' in narrow.content.decode()

    @pytest.mark.parametrize("kind", ["answer", "person", "x" * 500, "'"])
    def test_where_nothing_of_a_kind_is_found_everything_else_is_shown(self, client, edition, kind):
        answer = look(client, "trenta", kind=kind)

        assert title(answer) == "Una cosa su «trenta»"
        assert ("Nessuna risposta ha queste parole" in words(answer)) is (kind == "answer")

    def test_nothing_found_says_what_to_do(self, client, edition):
        answer = look(client, "astronave")

        assert title(answer) == "Niente su «astronave»"
        assert "Prova con meno parole, o con altre" in words(answer)

    def test_a_long_list_has_pages(self, client, edition, lidia):
        for number in range(21):
            answered(edition, lidia, f"Domanda {number}?", "Serve il passaporto.", minutes=number)
        first, last = look(client, "passaporto"), look(client, "passaporto", page="7", kind="answer")

        assert title(first) == "21 cose su «passaporto»"
        assert ("Domanda 20?" in words(first), "Domanda 0?" in words(first)) == (True, False)
        assert "Domanda 0?" in words(last)
        assert 'href="?q=passaporto&amp;kind=&amp;page=2"' in first.content.decode()
        assert "Pagina 2 di 2" in words(last)

    def test_no_more_than_two_hundred_are_counted_out(self, client, edition):
        entry = search.Entry(
            kind="answer", audience="public", scope=edition.scope, title="Passaporto", body="", url="/", language="it", at=NOW,
        )  # fmt: skip
        for number in range(searching.MOST + 1):
            search.put(f"editions.clarification:{number + 1000}", entry)
        answer = look(client, "passaporto", page="99")

        assert title(answer) == "Più di duecento cose su «passaporto»"
        assert "Aggiungi una parola" in words(answer)
        assert "Pagina 10 di 10" in words(answer)


class TestOddQuestions:
    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ("", "Che cosa cerchi?"),
            ("   ", "Che cosa cerchi?"),
            ("\0", "Che cosa cerchi?"),
            ("x" * 10_240, "Bastano due o tre parole"),
            ("lettera " * 30, "Bastano due o tre parole"),
            ("?!'\"()*-", "Scrivi almeno una parola"),
            ("😀", "Scrivi almeno una parola"),
            ("che cosa è", "Queste parole stanno dappertutto"),
            ("what is the", "Queste parole stanno dappertutto"),
        ],
    )
    def test_what_cannot_be_looked_for_is_said(
        self, client, edition, asked, said, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(1):  # the school's name
            answer = look(client, asked)

        assert title(answer) == said
        assert len(answer.content) < 20_000

    @pytest.mark.parametrize(
        "asked",
        [
            'posti" OR "x', "posti'; DROP TABLE x; --", "posti*", "NOT posti", "NEAR(posti x)", "title_stems:posti",
            "(posti", "posti & !x | <-> y", "^posti", "{posti}", "<script>posti</script>", "posti\u202e", "\u0130posti", "%s %d {0}",
            "ﬁﬂ\ufdfa", "posti\ud7ff", "9" * 190,
        ],
    )  # fmt: skip
    def test_what_is_typed_is_words_and_nothing_else(self, client, edition, asked):
        answer = look(client, asked)

        assert "<script>posti" not in answer.content.decode()
        assert title(answer).startswith(("Niente su", "Una cosa su"))

    @pytest.mark.parametrize("page", ["", "0", "-1", "x", "9" * 5_000, "1e400", "²", "1.5"])
    def test_no_page_is_out_of_reach(self, client, edition, page):
        assert title(look(client, "trenta", page=page)) == "Una cosa su «trenta»"


class TestWhoFinds:
    @pytest.fixture
    def inside(self, edition):
        """Something that only who runs the edition may know of."""
        entry = search.Entry(
            kind="answer", audience="staff", scope=edition.scope, title="Segreto", body="cassaforte", url="/x/", language="it",
            at=NOW,
        )  # fmt: skip
        search.put("editions.clarification:999", entry)

    def test_each_finds_what_they_may_know_of(self, client, inside, lidia):
        other = Person.objects.create_user("rita@example.org", "Rita")
        assert title(look(client, "cassaforte")) == "Niente su «cassaforte»"
        client.force_login(other)
        assert title(client.get(URL, {"q": "cassaforte"})) == "Niente su «cassaforte»"
        client.force_login(lidia)
        mine = client.get(URL, {"q": "cassaforte"})
        assert title(mine) == "Una cosa su «cassaforte»"
        assert "Tu: Lidia Marchesi" in words(mine)

    def test_a_session_that_is_limited_to_one_thing_finds_what_visitors_find(self, client, inside, lidia):
        client.force_login(lidia)
        session = client.session
        until = (NOW + timedelta(days=1)).isoformat()
        session["limited_to"] = {"url_name": "people:profile", "kwargs": {}, "until": until}
        session.save()
        assert client.get("/desk/").status_code == 404

        answer = client.get(URL, {"q": "cassaforte"})
        assert (answer.status_code, title(answer)) == (200, "Niente su «cassaforte»")

    def test_what_is_prepared_is_found_by_nobody(self, client, edition, lidia):
        make(lidia, number=4, slug="quarta", subject="Astronautica")
        client.force_login(lidia)

        assert title(client.get(URL, {"q": "astronautica"})) == "Niente su «astronautica»"
        assert SearchEntry.objects.filter(title="Classe 4").count() == 0


class TestWhatItCosts:
    def test_it_is_kept_by_nobody_and_listed_nowhere_and_tells_no_log_what_was_asked(self, client, edition):
        answer = look(client, "trenta")

        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert not answer.cookies

    def test_a_failure_says_nothing_of_what_was_asked_to_who_reads_the_log(self, edition):
        kept, client = Kept(), Client(raise_request_exception=False)
        logging.getLogger().addHandler(kept)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE kernel_searchentry RENAME TO away")
        answer = client.get(URL, {"q": "zenobia@example.org perticari"})
        logging.getLogger().removeHandler(kept)

        said = "\n".join(kept.lines)
        assert answer.status_code == 500
        assert "front:search" in said
        assert not re.search("zenobia|perticari", said, re.IGNORECASE)

    @pytest.mark.parametrize("many", [1, 3])
    def test_it_costs_the_same_for_one_and_for_three(
        self, client, edition, lidia, many, django_assert_num_queries
    ):
        for number in range(many):
            answered(edition, lidia, f"Domanda {number}?", "Serve il passaporto.")

        with django_assert_num_queries(4):  # how many, which, of which editions; the school's name
            answer = look(client, "passaporto")
        assert words(answer).count("Risposta ·") == many

    def test_whoever_asks_without_end_is_asked_to_wait(self, client, edition, time, monkeypatch):
        few = limits.Limit("searches-in-a-test", 2, limits.QUARTER, by_machine=True)
        monkeypatch.setattr(limits, "SEARCHES_FROM_A_MACHINE", few)
        assert [look(client, "trenta").status_code for _ in range(2)] == [200, 200]

        refused = client.get(URL, {"q": "trenta posti"})
        assert refused.status_code == 429
        assert title(refused) == "Aspetta un quarto d’ora"
        assert 'value="trenta posti"' in assert_page(refused, status=429, public=True)
        assert client.get(URL).status_code == 200  # nothing is looked for
        assert client.get(URL, {"q": "trenta"}, REMOTE_ADDR="203.0.113.9").status_code == 200
        time.now += limits.QUARTER
        assert look(client, "trenta").status_code == 200

    def test_what_a_process_counts_has_an_end(self, client, edition, monkeypatch):
        monkeypatch.setattr(limits, "MOST_COUNTED", 4)
        for number in range(9):
            client.get(URL, {"q": "trenta"}, REMOTE_ADDR=f"203.0.{number}.9")

        assert len(limits._counted) <= 4

    def test_its_weight(self, client, edition, answers):
        assert weight(client, look(client, "lettera")) < POOR_LINE


class TestTheWay:
    def test_answers_can_be_searched_where_they_stand(self, client, edition, answers):
        for path in ("/e/terza/", "/e/terza/questions/"):
            html = client.get(path).content.decode()
            form = re.search(r'<form class="form find".*?</form>', html, re.DOTALL)[0]
            assert 'action="/search/" role="search"' in form
            assert 'name="kind" value="answer"' in form
            assert "Cerca fra le risposte" in form
            assert "csrf" not in form

    def test_where_nothing_was_answered_there_is_nothing_to_search(self, client, edition):
        assert 'role="search"' not in client.get("/e/terza/").content.decode()

    @pytest.mark.parametrize("path", ["/", "/e/terza/", "/e/terza/rules/", "/enter/"])
    def test_from_the_foot_of_every_page(self, client, edition, path):
        foot = client.get(path).content.decode().partition('<footer class="foot">')[2]

        assert '<a href="/search/">Cerca</a>' in foot
