"""What an edition asks is set by who coordinates, until the first person begins to answer it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from sqcuola.admissions import actions, rules
from sqcuola.admissions.models import CvItem, LetterQuestion, Part
from sqcuola.admissions.tests.conftest import CLOSES, NOW, make_person
from sqcuola.admissions.tests.test_applying import fill
from sqcuola.editions import actions as editions
from sqcuola.editions.models import Edition, Phase, Role, RulesVersion
from sqcuola.editions.queries import by_slug
from sqcuola.kernel.acts import verb_named
from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import HIDDEN, Missing, Refused

REASON = "Una domanda non era chiara."
WHERE = {"words_it": "Dove?", "words_en": "Where?", "longest": 500, "help_it": "", "help_en": ""}
PRIZE = {
    "words_it": "Premi", "words_en": "", "each": Decimal("0.5"), "most": Decimal(1), "help_it": "", "help_en": "",
}  # fmt: skip


@pytest.fixture
def public(edition, lidia):
    """The edition as everybody knows it, its rules fixed."""
    editions.publish_rules(edition, by=lidia, at=NOW)
    return by_slug(None, edition.slug)


@pytest.fixture
def draft(edition):
    Edition.objects.filter(pk=edition.pk).update(published_at=None)
    return by_slug(None, edition.slug)


def asked(edition, kind="letter"):
    return [(row.position, row.words_it) for row in Part(edition, kind).rows]


def first(edition, kind="letter"):
    return Part(edition, kind).rows[0]


def sets():
    return Act.objects.filter(verb="asked-set").count()


class TestWhoMay:
    def test_who_coordinates_before_anybody_begins(self, draft, public, lidia, nives):
        assert rules.may_set_asked(lidia, draft, NOW)
        assert rules.may_set_asked(lidia, public, NOW)
        assert rules.may_set_asked(nives, public, NOW) == HIDDEN
        assert rules.may_set_asked(None, public, NOW) == HIDDEN

    def test_another_role_is_told_whose_it_is(self, public, nives):
        Role.objects.create(edition=public, person=nives, kind="papers", begins=NOW - timedelta(days=1))
        assert "solo chi coordina" in str(rules.may_set_asked(nives, public, NOW).reason)

    @pytest.mark.parametrize("withdrawn", [False, True])
    def test_not_once_somebody_has_begun(self, public, lidia, nives, withdrawn):
        application = actions.begin(public, by=nives, at=NOW)
        if withdrawn:
            actions.withdraw(application, by=nives, at=NOW)
        verdict = rules.may_set_asked(lidia, public, NOW)
        assert not verdict
        assert "Qualcuno ha cominciato" in str(verdict.reason)
        assert rules.may_see_asked(lidia, public, NOW)

    def test_an_application_elsewhere_holds_nothing_up(self, public, lidia, nives):
        other = Edition.objects.create(
            slug="altra", number=9, title="Altra", scope="scope-altra", created_at=NOW
        )
        other.published_at = NOW
        Phase.objects.create(edition=other, kind="call", begins=NOW, ends=CLOSES)
        actions.begin(other, by=nives, at=NOW)
        assert rules.may_set_asked(lidia, public, NOW)

    def test_not_once_it_is_called_off(self, public, lidia):
        public.cancelled_at = NOW
        verdict = rules.may_set_asked(lidia, public, NOW)
        assert "annullata" in str(verdict.reason)

    def test_without_a_call_there_is_nothing_to_ask(self, public, lidia):
        Phase.objects.filter(edition=public, kind="call").delete()
        edition = by_slug(None, public.slug)
        assert rules.may_see_asked(lidia, edition, NOW) == HIDDEN
        assert rules.may_set_asked(lidia, edition, NOW) == HIDDEN

    @pytest.mark.parametrize(("kind", "most"), [("letter", 12), ("cv", 20)])
    def test_so_many_and_no_more(self, draft, lidia, kind, most):
        facts = WHERE if kind == "letter" else PRIZE
        part = Part(draft, kind)
        for number in range(most - part.rows.count()):
            actions.add_asked(part, facts | {"words_it": f"{number}"}, by=lidia, at=NOW)
        assert "non ci stanno" in str(rules.may_add_asked(lidia, part, NOW).reason)
        with pytest.raises(Refused, match="non ci stanno"):
            actions.add_asked(part, facts, by=lidia, at=NOW)
        assert part.rows.count() == most


class TestBeforeItIsPublic:
    def test_one_more_is_the_last(self, draft, lidia):
        made = actions.add_asked(Part(draft, "letter"), WHERE, by=lidia, at=NOW)
        assert asked(draft) == [(1, "Chi ascolti?"), (2, "Che cosa insegni?"), (3, "Dove?")]
        assert (made.words_en, made.longest) == ("Where?", 500)
        act = Act.objects.get(verb="asked-set")
        assert act.payload == {"edition": draft.pk, "questions": 3, "items": 1}
        assert not RulesVersion.objects.exists()

    def test_where_nothing_was_asked_it_is_the_first(self, draft, lidia):
        actions.take_asked_away(first(draft, "cv"), by=lidia, at=NOW)
        actions.add_asked(Part(draft, "cv"), PRIZE, by=lidia, at=NOW)
        assert asked(draft, "cv") == [(1, "Premi")]
        assert CvItem.objects.get().points_for(1) == Decimal("0.5")

    def test_each_is_changed_alone(self, draft, lidia):
        actions.change_asked(first(draft), {"words_it": "Chi leggi?", "longest": 300}, by=lidia, at=NOW)
        assert asked(draft) == [(1, "Chi leggi?"), (2, "Che cosa insegni?")]
        assert [row.longest for row in LetterQuestion.objects.all()] == [300, 200]
        assert first(draft).words_en == "Whom do you hear?"

    @pytest.mark.parametrize(
        ("place", "to", "order"),
        [(1, 4, "bcda"), (4, 1, "dabc"), (2, 3, "acbd"), (3, 2, "acbd"), (1, 1, "abcd"), (4, 9, "abcd")],
    )
    def test_one_moves_and_the_others_make_room(self, draft, lidia, place, to, order):
        LetterQuestion.objects.all().delete()
        for number, letter in enumerate("abcd", start=1):
            LetterQuestion.objects.create(edition=draft, position=number, words_it=letter)
        actions.move_asked(LetterQuestion.objects.get(position=place), to, by=lidia, at=NOW)
        assert asked(draft) == list(enumerate(order, start=1))
        assert sets() == (order != "abcd")

    def test_what_follows_moves_up(self, draft, lidia):
        LetterQuestion.objects.create(edition=draft, position=7, words_it="Dove?")
        actions.take_asked_away(first(draft), by=lidia, at=NOW)
        assert asked(draft) == [(1, "Che cosa insegni?"), (2, "Dove?")]

    def test_what_was_taken_away_meanwhile_is_missing(self, draft, lidia):
        gone = first(draft)
        actions.take_asked_away(gone, by=lidia, at=NOW)
        with pytest.raises(Missing):
            actions.change_asked(gone, {"words_it": "Chi leggi?"}, by=lidia, at=NOW)
        with pytest.raises(Missing):
            actions.move_asked(gone, 1, by=lidia, at=NOW)
        assert asked(draft) == [(1, "Che cosa insegni?")]

    def test_a_button_pressed_twice_acts_once(self, draft, lidia):
        gone = first(draft)
        for _press in range(2):
            actions.add_asked(Part(draft, "letter"), WHERE, by=lidia, at=NOW)
        assert (len(asked(draft)), sets()) == (3, 1)
        for _press in range(2):
            actions.change_asked(gone, {"words_it": "Chi leggi?"}, by=lidia, at=NOW)
        assert sets() == 2
        for _press in range(2):
            actions.move_asked(gone, 2, by=lidia, at=NOW)
        assert ([words for _place, words in asked(draft)][1], sets()) == ("Chi leggi?", 3)
        for _press in range(2):
            actions.take_asked_away(gone, by=lidia, at=NOW)
        assert (len(asked(draft)), sets()) == (2, 4)


class TestOncePublic:
    @pytest.mark.parametrize("reason", ["", "  "])
    def test_without_a_reason_nothing_changes(self, public, lidia, reason):
        tried = {
            "add": lambda: actions.add_asked(Part(public, "letter"), WHERE, reason=reason, by=lidia, at=NOW),
            "change": lambda: actions.change_asked(
                first(public, "cv"), {"most": Decimal(9)}, reason=reason, by=lidia, at=NOW
            ),
            "move": lambda: actions.move_asked(first(public), 2, reason=reason, by=lidia, at=NOW),
            "away": lambda: actions.take_asked_away(first(public), reason=reason, by=lidia, at=NOW),
        }
        before = asked(public)
        for act in tried.values():
            with pytest.raises(Refused, match="perché cambiano"):
                act()
        assert (asked(public), sets()) == (before, 0)
        assert CvItem.objects.get().most == 6

    def test_with_a_reason_the_rules_get_a_new_fingerprint(self, public, lidia):
        old = RulesVersion.objects.get()
        actions.change_asked(first(public), {"words_it": "Chi leggi?"}, reason=REASON, by=lidia, at=NOW)
        new = RulesVersion.objects.latest("version")
        assert (new.version, new.reason) == (2, REASON)
        assert new.digest != old.digest
        assert "Chi leggi?" in new.canonical

    def test_help_is_no_rule(self, public, lidia):
        actions.change_asked(first(public), {"help_it": "Anche una voce sola."}, by=lidia, at=NOW)
        assert first(public).help_it == "Anche una voce sola."
        assert RulesVersion.objects.count() == 1
        assert sets() == 1


class TestOnceSomebodyHasBegun:
    def test_every_way_is_shut(self, public, lidia, nives):
        actions.begin(public, by=nives, at=NOW)
        before = asked(public)
        with pytest.raises(Refused, match="Qualcuno ha cominciato"):
            actions.add_asked(Part(public, "letter"), WHERE, reason=REASON, by=lidia, at=NOW)
        with pytest.raises(Refused, match="Qualcuno ha cominciato"):
            actions.change_asked(first(public), {"longest": 100}, reason=REASON, by=lidia, at=NOW)
        with pytest.raises(Refused, match="Qualcuno ha cominciato"):
            actions.move_asked(first(public), 2, reason=REASON, by=lidia, at=NOW)
        with pytest.raises(Refused, match="Qualcuno ha cominciato"):
            actions.take_asked_away(first(public), reason=REASON, by=lidia, at=NOW)
        assert (asked(public), sets()) == (before, 0)

    def test_it_is_judged_again_with_the_edition_held(self, public, lidia, nives, monkeypatch):
        """Somebody begins between the first look and the lock."""
        judged = rules.may_set_asked

        def once(person, edition, at):
            verdict = judged(person, edition, at)
            if verdict:
                actions.begin(public, by=nives, at=NOW)
            return verdict

        monkeypatch.setattr(rules, "may_set_asked", once)
        with pytest.raises(Refused, match="Qualcuno ha cominciato"):
            actions.take_asked_away(first(public), reason=REASON, by=lidia, at=NOW)
        assert len(asked(public)) == 2

    def test_what_was_set_is_asked_handed_in_and_counted(self, public, lidia):
        actions.add_asked(Part(public, "letter"), WHERE, reason=REASON, by=lidia, at=NOW)
        actions.add_asked(Part(public, "cv"), PRIZE, reason=REASON, by=lidia, at=NOW)
        actions.move_asked(first(public), 3, reason=REASON, by=lidia, at=NOW)
        ugo = make_person("Ugo")
        application = actions.begin(public, by=ugo, at=NOW)
        fill(application, ugo)
        application = actions.submit(application, by=ugo, at=NOW)
        said = application.answers.order_by("question__position").values_list("question__words_it", "words")
        assert list(said) == [
            ("Che cosa insegni?", "Risposta 1"), ("Dove?", "Risposta 2"), ("Chi ascolti?", "Risposta 3"),
        ]  # fmt: skip
        assert (
            application.cv_points == 7
        )  # 4 years of 2 points, 6 at most; 4 prizes of half a point, one at most


def test_the_act_says_how_much_is_asked():
    declared = verb_named("asked-set")
    assert declared.audience == "staff"
    assert str(declared.many % {"n": 2}) == "È cambiato 2 volte quello che si chiede a chi si candida"
