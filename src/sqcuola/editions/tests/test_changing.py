"""Dates, seats and rules change in sight and with a reason, once an edition is public."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from sqcuola.editions import actions, queries, rulebook
from sqcuola.editions.models import Change, Edition, Phase, RulesVersion, Seat
from sqcuola.editions.tests.conftest import CLOSES, CREATED, DATES, NOW, OPENS
from sqcuola.kernel import acts, ids
from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import Missing, Refused

LATER = CLOSES + timedelta(days=2)


def verbs():
    return list(Act.objects.order_by("id").values_list("verb", "audience"))


def fresh(edition):
    return Edition.objects.prefetch_related("phases").get(pk=edition.pk)


def test_who_begins_an_edition_coordinates_it_and_has_a_class(draft, lidia):
    assert draft.published_at is None
    assert [role.person for role in queries.people_of(draft, NOW, "coordinator")] == [lidia]
    assert draft.groups.get().kind == "class"
    assert verbs() == [("edition-created", "staff"), ("role-given", "staff")]


def test_publishing_fixes_the_rules_with_a_fingerprint_that_anybody_can_compute(edition):
    version = RulesVersion.objects.get()
    assert version.version == 1
    assert version.digest == ids.digest(version.canonical)
    whole = json.loads(version.canonical)
    facts = {rule["key"]: rule["facts"] for rule in whole["rules"]}
    assert facts["editions.seats"] == {"seats": 2, "fee": 0}
    assert facts["editions.call"]["ends"] == "2026-11-30T23:00:00+00:00"
    assert dict(rulebook.read(version.canonical, "it"))["editions.call"] == (
        "Le candidature si accettano da lunedì 2 novembre 2026, 09:00 fino a lunedì 30 novembre 2026, 23:59, ora di Roma."
    )
    assert "23:59" in dict(rulebook.read(version.canonical, "en"))["editions.call"]


def test_the_fingerprint_does_not_depend_on_who_asks_in_which_language(edition):
    digests = set()
    for language in ("it", "en"):
        with translation.override(language):
            digests.add(rulebook.compose(fresh(edition)).digest)
    assert digests == {RulesVersion.objects.get().digest}


def test_a_draft_moves_freely_and_out_of_sight(draft, lidia):
    call = queries.phase(draft, "call")
    actions.move_phase(call, begins=OPENS, ends=LATER, by=lidia, at=NOW)
    assert verbs()[-1] == ("phase-moved", "staff")
    assert not RulesVersion.objects.exists()
    assert not Change.objects.exists()


def test_a_public_phase_moves_only_with_a_reason_and_the_rules_get_a_new_version(edition, lidia):
    exam = queries.phase(edition, "assessment")
    begins, ends = exam.begins + timedelta(days=1), exam.ends + timedelta(days=1)
    with pytest.raises(Refused):
        actions.move_phase(exam, begins=begins, ends=ends, by=lidia, at=NOW)
    assert queries.phase(fresh(edition), "assessment").begins == DATES["assessment"][0]
    exam = queries.phase(fresh(edition), "assessment")
    actions.move_phase(exam, begins=begins, ends=ends, reason="La sala è occupata.", by=lidia, at=NOW)
    assert queries.phase(fresh(edition), "assessment").begins == begins
    assert list(RulesVersion.objects.values_list("version", "reason")) == [
        (2, "La sala è occupata."),
        (1, ""),
    ]
    assert Change.objects.get().reason == "La sala è occupata."
    assert verbs()[-2:] == [("phase-moved", "public"), ("rules-published", "public")]


def test_the_call_is_extended_in_public_with_a_reason(edition, lidia):
    actions.extend_call(edition, ends=LATER, reason="Ieri il sito era lento.", by=lidia, at=NOW)
    assert queries.phase(fresh(edition), "call").ends == LATER
    change = Change.objects.get()
    assert (change.kind, change.was, change.now, change.reason) == (
        "extended",
        CLOSES,
        LATER,
        "Ieri il sito era lento.",
    )
    assert ("call-extended", "public") in verbs()
    extended = Act.objects.filter(verb="call-extended")
    with timezone.override("Europe/Rome"):
        said = acts.sentences(extended, "en") + acts.sentences(extended, "it")
    assert said == [
        "Lidia kept the call of Classe III open until 2 December 2026, 23:59",
        "Lidia ha prorogato il bando di «Classe III»: nuova scadenza 2 dicembre 2026, 23:59",
    ], "an end at midnight is said as the last minute that counts, as everywhere else"


@pytest.mark.parametrize(
    ("ends", "reason"),
    [
        (CLOSES, "Perché sì."),
        (CLOSES - timedelta(days=1), "Perché sì."),
        (LATER, "  "),
        (DATES["assessment"][0] + timedelta(minutes=1), "Perché sì."),
    ],
)
def test_an_extension_that_makes_no_sense_is_refused(edition, lidia, ends, reason):
    with pytest.raises(Refused):
        actions.extend_call(edition, ends=ends, reason=reason, by=lidia, at=NOW)
    assert queries.phase(fresh(edition), "call").ends == CLOSES
    assert not Change.objects.exists()


def test_the_call_does_not_open_again_after_the_ranking(edition, lidia):
    actions.close_ranking(edition, at=NOW)
    with pytest.raises(Refused):
        actions.extend_call(edition, ends=LATER, reason="Perché sì.", by=lidia, at=NOW)


def test_postponing_moves_what_is_to_come_and_keeps_the_hour_on_the_wall(edition, lidia):
    summer = datetime(2027, 3, 27, 8, 30, tzinfo=UTC)  # 9:30 in Rome, the day before clocks change
    actions.add_phase(
        edition,
        "projects",
        begins=summer,
        ends=summer + timedelta(days=60),
        reason="Arrivano.",
        by=lidia,
        at=NOW,
    )
    actions.postpone(edition, days=7, reason="Il server è da cambiare.", by=lidia, at=NOW)
    moved = fresh(edition)
    assert queries.phase(moved, "call").begins == OPENS
    assert queries.phase(moved, "call").ends == CLOSES + timedelta(days=7)
    assert queries.phase(moved, "assessment").begins == DATES["assessment"][0] + timedelta(days=7)
    assert queries.phase(moved, "projects").begins == datetime(2027, 4, 3, 7, 30, tzinfo=UTC)


def test_a_cancelled_edition_stays_in_sight_and_nothing_in_it_is_open(edition, lidia):
    with pytest.raises(Refused):
        actions.cancel(edition, reason="", by=lidia, at=NOW)
    edition = fresh(edition)
    actions.cancel(edition, reason="Mancano i docenti.", by=lidia, at=NOW)
    assert not queries.is_open(fresh(edition), "call", NOW)
    assert list(queries.visible_to(None, NOW)) == [edition]
    with pytest.raises(Refused):
        actions.postpone(fresh(edition), days=7, reason="Ripensato.", by=lidia, at=NOW)


def test_everything_but_the_class_can_be_left_out(edition, lidia):
    with pytest.raises(Refused):
        actions.leave_out_phase(queries.phase(edition, "class"), reason="No.", by=lidia, at=NOW)
    with pytest.raises(Refused):  # it has begun
        actions.leave_out_phase(queries.phase(edition, "call"), reason="No.", by=lidia, at=NOW)
    actions.leave_out_phase(queries.phase(edition, "assessment"), reason="Si fa a voce.", by=lidia, at=NOW)
    assert queries.phase(fresh(edition), "assessment") is None
    with pytest.raises(Refused):  # twice
        actions.add_phase(
            fresh(edition), "call", begins=OPENS, ends=CLOSES, reason="Di nuovo.", by=lidia, at=NOW
        )


def test_seats_never_fall_below_those_held(edition, lidia, oreste):
    Seat.objects.create(edition=edition, number=2, holder=oreste)
    with pytest.raises(Refused):
        actions.change_seats(edition, 1, reason="Meno sedie.", by=lidia, at=NOW)
    actions.change_seats(edition, 4, reason="Una sala più grande.", by=lidia, at=NOW)
    assert fresh(edition).seats_offered == 4
    assert RulesVersion.objects.count() == 2


@pytest.mark.parametrize(
    "attempt",
    [
        lambda edition, by: actions.publish(edition, by=by, at=NOW),
        lambda edition, by: actions.describe(edition, {"title": "Mia"}, by=by, at=NOW),
        lambda edition, by: actions.change_seats(edition, 9, reason="Mia.", by=by, at=NOW),
        lambda edition, by: actions.extend_call(edition, ends=LATER, reason="Mia.", by=by, at=NOW),
        lambda edition, by: actions.postpone(edition, days=1, reason="Mia.", by=by, at=NOW),
        lambda edition, by: actions.cancel(edition, reason="Mia.", by=by, at=NOW),
        lambda edition, by: actions.give_role(edition, by, "coordinator", by=by, at=NOW),
        lambda edition, by: actions.move_phase(
            queries.phase(edition, "call"), begins=OPENS, ends=LATER, reason="Mia.", by=by, at=NOW
        ),
        lambda edition, by: actions.leave_out_phase(
            queries.phase(edition, "assessment"), reason="Mia.", by=by, at=NOW
        ),
        lambda edition, by: actions.add_phase(
            edition, "awards", begins=OPENS, ends=LATER, reason="Mia.", by=by, at=NOW
        ),
    ],
)
def test_for_a_stranger_none_of_it_exists(edition, oreste, attempt):
    before = Act.objects.count()
    with pytest.raises(Missing):
        attempt(edition, oreste)
    assert Act.objects.count() == before


def test_describing_an_edition_is_an_act_and_changes_no_rule(edition, lidia):
    actions.describe(edition, {"awards_place": "Parma"}, by=lidia, at=NOW)
    assert fresh(edition).awards_place == "Parma"
    assert RulesVersion.objects.count() == 1
    assert verbs()[-1] == ("edition-changed", "staff")


def test_every_verb_says_something_in_both_languages(edition, lidia):
    actions.extend_call(edition, ends=LATER, reason="Ieri il sito era lento.", by=lidia, at=NOW)
    listed = list(Act.objects.order_by("id"))
    italian, english = (acts.sentences(listed, language) for language in ("it", "en"))
    assert all("Classe III" in words for words in italian)
    assert all(one != other for one, other in zip(italian, english, strict=True))


def test_publishing_twice_or_too_late_is_refused(draft, lidia):
    with pytest.raises(Refused):
        actions.publish(draft, by=lidia, at=CLOSES)
    actions.publish(fresh(draft), by=lidia, at=CREATED)
    with pytest.raises(Refused):
        actions.publish(fresh(draft), by=lidia, at=CREATED)
    assert Phase.objects.count() == 3
