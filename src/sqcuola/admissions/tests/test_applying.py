from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import OperationalError

from sqcuola.admissions import actions, queries, rules
from sqcuola.admissions.actions import Incomplete, handing_in
from sqcuola.admissions.models import Accommodation, Application, CvClaim, Draft, LetterAnswer
from sqcuola.admissions.tests.conftest import CLOSES, NOW, OPENS, typed_for
from sqcuola.kernel import ids, working
from sqcuola.kernel.models import Act, Outgoing
from sqcuola.kernel.verdicts import Missing, Refused

SECOND = timedelta(seconds=1)


def fill(application, person, at=NOW, **changes):
    for section, typed in typed_for(application.edition).items():
        known = application.drafts.filter(section=section).first()
        actions.save_section(
            application,
            section,
            typed | changes.get(section, {}),
            version=known.version if known else 0,
            by=person,
            at=at,
        )


@pytest.fixture
def application(edition, nives):
    return actions.begin(edition, by=nives, at=NOW)


@pytest.mark.parametrize(
    ("at", "allowed"),
    [(OPENS - SECOND, False), (OPENS, True), (CLOSES - SECOND, True), (CLOSES, False)],
)
def test_the_call_is_open_from_its_first_instant_up_to_its_last(edition, nives, at, allowed):
    assert bool(rules.may_apply(nives, edition, at)) is allowed


def test_a_closed_call_says_the_last_minute_that_counted(edition, nives):
    verdict = rules.may_apply(nives, edition, CLOSES)

    assert "30 nov" in str(verdict.reason)
    assert str(verdict.reason).endswith("23:59.")


def test_an_edition_that_is_not_public_does_not_exist(edition, nives):
    edition.published_at = None

    with pytest.raises(Missing):
        rules.may_apply(nives, edition, NOW).or_refuse()


def test_a_cancelled_edition_takes_no_application(edition, nives):
    edition.cancelled_at = NOW

    assert not rules.may_apply(nives, edition, NOW)


def test_a_double_click_begins_one_application(edition, nives):
    first = actions.begin(edition, by=nives, at=NOW)
    second = actions.begin(edition, by=nives, at=NOW)

    assert first == second
    assert Act.objects.filter(verb="application-started").count() == 1


def test_a_draft_is_kept_as_typed_even_when_it_is_wrong(application, nives):
    typed = {"name": "", "born": "trentuno febbraio", "town": "Lecco", "channel": "nowhere"}

    saved = actions.save_section(application, "about", typed, version=0, by=nives, at=NOW)

    draft = Draft.objects.get(application=application, section="about")
    assert draft.typed["born"] == "trentuno febbraio"
    assert draft.typed["channel"] == "nowhere"
    assert set(saved.form.draft_errors()) == {"born", "channel"}  # what is missing is no fault yet


def test_who_one_is_stands_in_the_profile_at_once(application, nives):
    actions.save_section(
        application, "about", typed_for(application.edition)["about"], version=0, by=nives, at=NOW
    )

    nives.refresh_from_db()
    assert (nives.name, nives.profile.town, nives.profile.region) == ("Nives Rota", "Lecco", "Lombardia")
    assert Application.objects.get().channel == "friend"


def test_a_stale_page_loses_neither_text(application, nives):
    answer = f"answer_{queries.form_for(application, 'letter', {}).fields.popitem()[0].split('_')[1]}"
    actions.save_section(application, "letter", {answer: "dal telefono"}, version=0, by=nives, at=NOW)

    saved = actions.save_section(application, "letter", {answer: "dal computer"}, version=0, by=nives, at=NOW)

    draft = Draft.objects.get(application=application, section="letter")
    assert saved.clash
    assert draft.typed[answer] == "dal telefono"
    assert draft.aside[answer] == "dal computer"

    actions.take_aside(draft, by=nives, at=NOW)

    draft.refresh_from_db()
    assert draft.typed[answer] == "dal computer"
    assert draft.aside == {}


def test_the_same_text_twice_is_no_clash(application, nives):
    typed = typed_for(application.edition)["letter"]
    actions.save_section(application, "letter", typed, version=0, by=nives, at=NOW)

    again = actions.save_section(application, "letter", typed, version=0, by=nives, at=NOW)

    assert not again.clash
    assert again.draft.version == 1


def test_nothing_is_handed_in_while_something_is_missing(application, nives):
    with pytest.raises(Incomplete) as told:
        actions.submit(application, by=nives, at=NOW)

    assert {lack.section for lack in told.value.lacking} == {"about", "letter", "consents"}
    assert Application.objects.get().submitted_at is None
    assert not LetterAnswer.objects.exists()


def test_handing_in_freezes_what_is_judged(application, nives):
    fill(application, nives)

    handed_in = actions.submit(application, by=nives, at=NOW)

    assert handed_in.submitted_at == NOW
    assert handed_in.cv_points == Decimal(6)  # four years at two points, six at most
    assert [answer.words for answer in handed_in.answers.order_by("question__position")] == [
        "Risposta 1",
        "Risposta 2",
    ]
    assert CvClaim.objects.get().number == 4
    assert Act.objects.get(verb="application-submitted").payload["answers"] == 2


def test_what_is_typed_after_handing_in_waits_until_it_is_handed_in_again(application, nives):
    fill(application, nives)
    first = actions.submit(application, by=nives, at=NOW)
    letter = typed_for(application.edition)["letter"]
    key = next(iter(letter))
    later = NOW + timedelta(hours=1)
    actions.save_section(application, "letter", letter | {key: "Meglio"}, version=1, by=nives, at=later)

    application = queries.own(nives, "terza")
    assert queries.changed_since(application, application.submitted_at) == ["letter"]
    assert LetterAnswer.objects.filter(words="Meglio").count() == 0

    second = actions.submit(application, by=nives, at=later)

    assert second.digest != first.digest
    assert LetterAnswer.objects.filter(words="Meglio").count() == 1
    assert LetterAnswer.objects.count() == 2


def test_handing_in_twice_the_same_is_once(application, nives):
    fill(application, nives)
    actions.submit(application, by=nives, at=NOW)

    actions.submit(application, by=nives, at=NOW + SECOND)

    assert Application.objects.get().submitted_at == NOW
    assert Act.objects.filter(verb="application-submitted").count() == 1


def test_after_the_last_instant_nothing_moves(application, nives):
    fill(application, nives)

    with pytest.raises(Refused):
        actions.save_section(application, "about", {}, version=1, by=nives, at=CLOSES)
    with pytest.raises(Refused):
        actions.submit(application, by=nives, at=CLOSES)

    assert Application.objects.get().submitted_at is None


def test_somebody_else_finds_no_application(application, other):
    with pytest.raises(Missing):
        actions.save_section(application, "about", {}, version=0, by=other, at=NOW)
    with pytest.raises(Missing):
        actions.withdraw(application, by=other, at=NOW)
    with pytest.raises(Application.DoesNotExist):
        queries.own(other, "terza")


def test_who_is_too_young_is_told_at_the_field(application, nives):
    fill(application, nives, about={"born": "2010-01-01"})

    with pytest.raises(Incomplete) as told:
        actions.submit(application, by=nives, at=NOW)

    assert [(lack.field, "18" in lack.words) for lack in told.value.lacking] == [("born", True)]


def test_withdrawing_and_taking_up_again(application, nives):
    fill(application, nives)
    actions.submit(application, by=nives, at=NOW)

    actions.withdraw(application, by=nives, at=NOW + SECOND)

    with pytest.raises(Refused):
        actions.withdraw(application, by=nives, at=NOW + SECOND)
    application = queries.own(nives, "terza")
    assert not rules.may_edit(nives, application, NOW + SECOND)

    actions.take_up_again(application, by=nives, at=NOW + 2 * SECOND)

    assert rules.may_edit(nives, queries.own(nives, "terza"), NOW + 2 * SECOND)
    assert Application.objects.get().submitted_at is None
    assert Draft.objects.filter(application=application).count() == 5


def test_help_is_asked_with_the_application(application, nives):
    fill(application, nives, help={"wanted_percent": "25", "wanted": "Caratteri grandi"})

    actions.submit(application, by=nives, at=NOW)

    asked = Accommodation.objects.get()
    assert (asked.wanted_percent, asked.wanted, asked.decided_at) == (25, "Caratteri grandi", None)


def test_a_code_that_somebody_has_is_drawn_again(edition, nives, other, monkeypatch):
    taken = actions.begin(edition, by=other, at=NOW)
    drawn, draw = iter([taken.code, taken.test_code, "NEWONE"]), ids.code
    monkeypatch.setattr(ids, "code", lambda *how: next(drawn, "") or draw(*how))

    assert actions.begin(edition, by=nives, at=NOW).code == "NEWONE"
    assert list(drawn) == []


def test_a_hand_in_whose_proof_breaks_off_stands_and_a_worker_makes_up_for_it(
    application, nives, monkeypatch
):
    def broken(_at):
        raise OperationalError

    fill(application, nives)
    with monkeypatch.context() as patch:
        patch.setattr(handing_in.acts, "proof", broken)
        actions.submit(application, by=nives, at=NOW)
    stands = Application.objects.get()
    assert (stands.submitted_at, stands.head, Outgoing.objects.count()) == (NOW, "", 0)

    working.run_due(NOW)
    working.run_due(NOW)

    stands = Application.objects.get()
    assert stands.head
    assert stands.head[:16] in Outgoing.objects.get().text


def test_what_is_handed_in_again_has_a_proof_of_its_own(application, nives):
    fill(application, nives)
    actions.submit(application, by=nives, at=NOW)
    first = Application.objects.get().head
    (answer, *_others) = typed_for(application.edition)["letter"]
    fill(application, nives, letter={answer: "Altro"})
    actions.submit(application, by=nives, at=NOW + SECOND)

    working.run_due(NOW + SECOND)

    assert Application.objects.get().head not in {first, ""}
    assert Outgoing.objects.count() == 2
