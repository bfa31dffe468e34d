"""The pages on which a coordinator says what is asked: what they show, what they refuse, what they keep."""

import re

import pytest
from tests.pages import assert_page

from sqcuola.admissions import actions
from sqcuola.admissions.models import CvItem, LetterQuestion
from sqcuola.admissions.tests.conftest import NOW
from sqcuola.editions import actions as editions
from sqcuola.editions.models import Change, Edition, Phase, RulesVersion

PAGE = "/e/terza/asked/"
REASON = "Una domanda non era chiara."
TYPED = {"words_it": "Dove?", "words_en": "", "longest": "500", "help_it": "", "help_en": ""}
PRIZE = {"words_it": "Premi", "each": "0,5", "most": "1"}


@pytest.fixture
def coordinating(client, lidia, clock_at):
    client.force_login(lidia)
    return client


@pytest.fixture
def draft(edition):
    edition.published_at = None
    edition.save()
    return edition


@pytest.fixture
def public(edition, lidia):
    editions.publish_rules(edition, by=lidia, at=NOW)
    return edition


@pytest.fixture
def question(edition):
    return LetterQuestion.objects.get(position=1)


def order():
    return list(LetterQuestion.objects.values_list("words_it", flat=True))


class TestTheList:
    def test_it_says_all_that_is_asked_and_what_can_be_done(self, coordinating, draft, question):
        html = assert_page(coordinating.get(PAGE))
        for words in ("Chi ascolti?", "Whom do you hear?", "Al massimo 200 caratteri.", "Anni di blog"):
            assert words in html
        assert "2 punti ciascuno, 6 al massimo." in html
        assert "Insieme 6 punti al massimo." in html
        assert "lo cambi liberamente" in html
        assert f'action="{PAGE}letter/{question.pk}/move/"' in html
        assert (html.count("Sposta su"), html.count("Sposta giù")) == (1, 1), (
            "two questions, and one item alone"
        )

    def test_it_is_said_in_english_too(self, coordinating, draft, question):
        english = {"accept-language": "en"}
        for way in (
            "letter/add/",
            "cv/add/",
            *(f"letter/{question.pk}/{act}" for act in ("", "move/", "away/")),
        ):
            assert 'lang="en"' in assert_page(coordinating.get(f"{PAGE}{way}", headers=english))
        html = assert_page(coordinating.get(PAGE, headers=english))
        assert "What you <mark>ask</mark> of who applies" in html
        assert "2 points each, 6 at most." in html

    def test_once_public_it_says_that_a_reason_is_needed(self, coordinating, public):
        html = assert_page(coordinating.get(PAGE))
        assert "con un motivo che tutti leggono" in html
        assert "move/" in html

    def test_once_somebody_has_begun_it_is_shown_and_no_more(self, coordinating, public, nives):
        actions.begin(public, by=nives, at=NOW)
        html = assert_page(coordinating.get(PAGE))
        assert "quello che si chiede non può più cambiare" in html
        assert "Chi ascolti?" in html
        for nothing in ("move/", "add/", "Cambia<"):
            assert nothing not in html

    def test_without_anything_it_says_what_that_means(self, coordinating, draft):
        LetterQuestion.objects.all().delete()
        CvItem.objects.all().delete()
        html = assert_page(coordinating.get(PAGE))
        assert re.search("Non c(’|&#x27;)è la lettera", html)
        assert "decide il sorteggio" in html

    def test_it_is_a_tab_of_the_settings_where_there_is_a_call(self, coordinating, draft):
        assert f'href="{PAGE}"' in assert_page(coordinating.get("/e/terza/settings/"))
        assert 'aria-current="page">Che cosa chiedete' in assert_page(coordinating.get(PAGE))
        Phase.objects.filter(kind="call").delete()
        assert f'href="{PAGE}"' not in assert_page(coordinating.get("/e/terza/settings/"))
        assert coordinating.get(PAGE).status_code == 404

    @pytest.mark.parametrize("how_many", [1, 8])
    def test_it_costs_the_same_whatever_its_length(
        self, coordinating, draft, django_assert_num_queries, how_many
    ):
        LetterQuestion.objects.all().delete()
        for number in range(how_many):
            LetterQuestion.objects.create(edition=draft, position=number + 1, words_it=f"{number}?")
            CvItem.objects.create(edition=draft, position=number + 2, words_it=f"{number}", each=1, most=2)
        coordinating.get(PAGE)
        with django_assert_num_queries(COST):
            coordinating.get(PAGE)


COST = 13  # with nothing remembered: see the settings


class TestAdding:
    def test_a_question_more(self, coordinating, draft):
        assert_page(coordinating.get(f"{PAGE}letter/add/"))
        answer = coordinating.post(f"{PAGE}letter/add/", TYPED | {"words_it": "  Dove\r\nvai?  "})
        assert answer["Location"] == PAGE
        assert order() == ["Chi ascolti?", "Che cosa insegni?", "Dove vai?"]

    def test_pressed_twice_it_is_asked_once(self, coordinating, draft):
        for _press in range(2):
            assert coordinating.post(f"{PAGE}letter/add/", TYPED).status_code == 302
            assert coordinating.post(f"{PAGE}cv/add/", PRIZE).status_code == 302
        assert order().count("Dove?") == 1
        assert CvItem.objects.count() == 2

    def test_half_a_point_is_typed_as_one_writes_it(self, coordinating, draft):
        coordinating.post(f"{PAGE}cv/add/", PRIZE)
        assert CvItem.objects.get(words_it="Premi").each * 2 == 1
        assert "0,50 punti ciascuno, 1 al massimo." in assert_page(coordinating.get(PAGE))

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"words_it": " "}, "Qui serve una risposta."),
            ({"longest": "99"}, "Scrivi un numero da 100 a 10.000."),
            ({"longest": "10001"}, "Scrivi un numero da 100 a 10.000."),
            ({"longest": "tanti"}, "Scrivi un numero da 100 a 10.000."),
            ({"words_it": "x" * 301}, "300"),
        ],
    )
    def test_what_does_not_fit_is_said_and_kept(self, coordinating, draft, typed, said):
        html = assert_page(coordinating.post(f"{PAGE}letter/add/", TYPED | {"help_it": "Di' chi."} | typed))
        assert said in html
        assert "Di&#x27; chi." in html
        assert len(order()) == 2

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"each": "0"}, "sopra lo zero"),
            ({"each": "-1"}, "sopra lo zero"),
            ({"each": "tre"}, "sopra lo zero"),
            ({"each": "100", "most": "100"}, "sotto 100"),
            ({"each": "0,555"}, "due cifre"),
            ({"each": "3", "most": "2"}, "È meno di quanto ne dà una sola"),
            ({"most": ""}, "Qui serve una risposta."),
        ],
    )
    def test_points_that_do_not_fit_are_said(self, coordinating, draft, typed, said):
        html = assert_page(coordinating.post(f"{PAGE}cv/add/", PRIZE | typed))
        assert said in html
        assert "Premi" in html
        assert f'value="{(PRIZE | typed)["each"]}"' in html
        assert CvItem.objects.count() == 1

    def test_it_says_when_no_more_fit(self, coordinating, draft):
        for number in range(3, 13):
            LetterQuestion.objects.create(edition=draft, position=number, words_it=f"{number}?")
        assert "Più di dodici domande non ci stanno" in assert_page(coordinating.get(PAGE))
        assert coordinating.get(f"{PAGE}letter/add/").status_code == 403
        assert coordinating.post(f"{PAGE}letter/add/", TYPED).status_code == 403
        assert len(order()) == 12


class TestChanging:
    def test_the_words_and_the_length(self, coordinating, draft, question):
        at = f"{PAGE}letter/{question.pk}/"
        html = assert_page(coordinating.get(at))
        assert "Whom do you hear?" in html
        assert 'name="reason"' not in html
        coordinating.post(at, TYPED)
        assert order() == ["Dove?", "Che cosa insegni?"]

    def test_points_stand_there_as_one_writes_them(self, coordinating, draft):
        html = assert_page(coordinating.get(f"{PAGE}cv/{CvItem.objects.get().pk}/"))
        assert 'value="2"' in html
        assert 'value="6"' in html

    def test_once_public_a_reason_is_asked_and_everybody_reads_it(self, coordinating, public, question):
        at = f"{PAGE}letter/{question.pk}/"
        html = assert_page(coordinating.post(at, TYPED))
        assert "Dove?" in html
        assert (order()[0], RulesVersion.objects.count()) == ("Chi ascolti?", 1)
        assert coordinating.post(at, TYPED | {"reason": REASON}).status_code == 302
        assert order()[0] == "Dove?"
        assert REASON in coordinating.get("/e/terza/rules/").content.decode()

    def test_help_alone_needs_no_reason(self, coordinating, public, question):
        typed = {"words_it": "Chi ascolti?", "words_en": "Whom do you hear?", "longest": "200"}
        answer = coordinating.post(f"{PAGE}letter/{question.pk}/", typed | {"help_it": "Anche una voce."})
        assert answer.status_code == 302
        question.refresh_from_db()
        assert question.help_it == "Anche una voce."
        assert not Change.objects.exists()

    def test_a_question_of_another_edition_is_not_there(self, coordinating, draft, question):
        other = Edition.objects.create(
            slug="altra", number=9, title="Altra", scope="scope-altra", created_at=NOW
        )
        Phase.objects.create(edition=other, kind="call", begins=NOW, ends=NOW.replace(year=2027))
        LetterQuestion.objects.filter(pk=question.pk).update(edition=other)
        assert coordinating.get(f"{PAGE}letter/{question.pk}/").status_code == 404
        assert coordinating.get(f"/e/altra/asked/letter/{question.pk}/").status_code == 404


class TestMoving:
    def test_one_button_and_pressed_twice_no_further(self, coordinating, draft, question):
        LetterQuestion.objects.create(edition=draft, position=3, words_it="Dove?")
        for _press in range(2):
            coordinating.post(f"{PAGE}letter/{question.pk}/move/", {"to": "2"})
        assert order() == ["Che cosa insegni?", "Chi ascolti?", "Dove?"]

    def test_once_public_a_page_asks_why(self, coordinating, public, question):
        at = f"{PAGE}letter/{question.pk}/move/"
        assert '<option value="2" selected>2. Che cosa insegni?</option>' in assert_page(
            coordinating.get(f"{at}?to=2")
        )
        assert "Qui serve una risposta." in assert_page(coordinating.post(at, {"to": "2"}))
        assert order()[0] == "Chi ascolti?"
        coordinating.post(at, {"to": "2", "reason": REASON})
        assert order()[0] == "Che cosa insegni?"

    @pytest.mark.parametrize("to", ["0", "3", "-1", "due", ""])
    def test_a_place_that_is_none_is_refused(self, coordinating, draft, question, to):
        assert_page(coordinating.get(f"{PAGE}letter/{question.pk}/move/?to={to}"))
        assert_page(coordinating.post(f"{PAGE}letter/{question.pk}/move/", {"to": to}))
        assert order()[0] == "Chi ascolti?"


class TestTakingAway:
    def test_it_is_asked_once_and_twice_does_no_harm(self, coordinating, draft, question):
        at = f"{PAGE}letter/{question.pk}/away/"
        assert "Chi ascolti?" in assert_page(coordinating.get(at))
        assert len(order()) == 2
        for _press in range(2):
            assert coordinating.post(at)["Location"] == PAGE
        assert coordinating.get(at)["Location"] == PAGE
        assert order() == ["Che cosa insegni?"]

    def test_once_public_with_a_reason(self, coordinating, public, question):
        at = f"{PAGE}letter/{question.pk}/away/"
        assert_page(coordinating.post(at))
        assert len(order()) == 2
        coordinating.post(at, {"reason": REASON})
        assert order() == ["Che cosa insegni?"]
        assert RulesVersion.objects.latest("version").reason == REASON


def test_once_somebody_has_begun_every_page_says_why_not(coordinating, public, question, nives):
    actions.begin(public, by=nives, at=NOW)
    ways = (
        "letter/add/",
        f"letter/{question.pk}/",
        f"letter/{question.pk}/move/",
        f"letter/{question.pk}/away/",
    )
    for way in ways:
        for answer in (
            coordinating.get(f"{PAGE}{way}"),
            coordinating.post(f"{PAGE}{way}", {"reason": REASON}),
        ):
            assert answer.status_code == 403
            assert "Qualcuno ha cominciato" in answer.content.decode()
    assert len(order()) == 2
