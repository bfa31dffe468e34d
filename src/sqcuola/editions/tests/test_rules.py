"""Who sees an edition, who runs it, what a phase being open means."""

from datetime import timedelta

import pytest
from django.db import transaction

from sqcuola.editions import actions, queries, rules
from sqcuola.editions.acts import EditionChanged
from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.editions.tests.conftest import CLOSES, CREATED, DATES, NOW, OPENS, make_person
from sqcuola.kernel import acts
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Outcome

TICK = timedelta(microseconds=1)


def test_a_draft_exists_only_for_who_works_in_it(draft, lidia, oreste):
    assert rules.may_see(None, draft, NOW) is HIDDEN
    assert rules.may_see(oreste, draft, NOW) is HIDDEN
    assert rules.may_see(lidia, draft, NOW) is ALLOWED
    assert list(queries.visible_to(oreste, NOW)) == []
    assert list(queries.visible_to(lidia, NOW)) == [draft]
    actions.give_role(draft, oreste, Role.Kind.TEACHER, by=lidia, at=NOW)
    assert rules.may_see(oreste, draft, NOW) is ALLOWED
    assert list(queries.visible_to(oreste, NOW)) == [draft]


def test_a_published_edition_exists_for_everybody_from_that_instant(edition, oreste):
    assert rules.may_see(None, edition, CREATED - TICK) is HIDDEN
    assert rules.may_see(None, edition, CREATED) is ALLOWED
    assert list(queries.visible_to(None, CREATED - TICK)) == []
    assert list(queries.visible_to(oreste, CREATED)) == [edition]


def test_who_coordinates_is_told_apart_from_who_works_there_and_who_does_not(edition, lidia, oreste):
    assert rules.may_coordinate(lidia, edition, NOW) is ALLOWED
    assert rules.may_coordinate(None, edition, NOW) is HIDDEN
    assert rules.may_coordinate(oreste, edition, NOW) is HIDDEN
    actions.give_role(edition, oreste, Role.Kind.READER, by=lidia, at=NOW)
    assert rules.may_coordinate(oreste, edition, NOW).outcome is Outcome.DENIED


def test_a_role_holds_from_its_first_instant_and_not_at_its_last(edition, oreste):
    Role.objects.create(edition=edition, person=oreste, kind=Role.Kind.COORDINATOR, begins=OPENS, ends=CLOSES)
    held = [
        rules.has_role(oreste, Role.Kind.COORDINATOR, edition, at)
        for at in (OPENS - TICK, OPENS, CLOSES - TICK, CLOSES)
    ]
    assert held == [False, True, True, False]


def test_a_role_in_the_house_is_one_in_every_edition(edition, lidia, oreste):
    actions.give_role(None, oreste, Role.Kind.COORDINATOR, by=lidia, at=NOW)
    assert rules.may_coordinate(oreste, edition, NOW) is ALLOWED
    assert list(queries.coordinated_by(oreste, NOW)) == [edition]


def test_the_call_is_open_up_to_and_not_with_its_end(edition):
    fresh = Edition.objects.prefetch_related("phases").get(pk=edition.pk)
    opened = [queries.is_open(fresh, "call", at) for at in (OPENS - TICK, OPENS, CLOSES - TICK, CLOSES)]
    assert opened == [False, True, True, False]
    assert not queries.is_open(fresh, "projects", NOW)


def test_the_stage_is_the_phase_that_began_last(edition):
    assert queries.stage(edition, OPENS - TICK) is None
    assert queries.stage(edition, CLOSES).kind == Phase.Kind.CALL
    assert queries.stage(edition, DATES[Phase.Kind.ASSESSMENT][0]).kind == Phase.Kind.ASSESSMENT
    assert queries.next_change([edition], OPENS) == CLOSES
    assert queries.next_change([edition], DATES[Phase.Kind.CLASS][1]) is None


def test_reading_phases_of_a_loaded_edition_costs_no_query(edition, django_assert_num_queries):
    loaded = queries.by_slug(None, "terza")
    with django_assert_num_queries(0):
        assert queries.phase(loaded, "call").ends == CLOSES
        assert queries.is_open(loaded, "call", NOW)
        assert queries.stage(loaded, NOW).kind == Phase.Kind.CALL


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (None, {"public"}),
        ("stranger", {"public"}),
        ("student", {"public", "members", "class", "group:mine"}),
        ("reader", {"public", "members"}),
        ("coordinator", {"public", "members", "class", "staff"}),
        ("treasurer", {"public", "members", "treasury"}),
    ],
)
def test_an_act_reaches_its_audience_and_nobody_else(edition, lidia, oreste, who, seen):
    group = queries.class_of(edition)
    keys = ["public", "members", "class", "staff", "treasury", "nobody-until-closed", f"group:{group.pk}"]
    with transaction.atomic():
        made = {
            key: acts.record(EditionChanged(edition.pk), by=lidia, at=NOW, scope=edition.scope, audience=key)
            for key in keys
        }
    person = {None: None, "coordinator": lidia}.get(who, oreste)
    if who == "student":
        group.memberships.create(person=oreste, begins=OPENS)
    if who in {"reader", "treasurer"}:
        actions.give_role(edition, oreste, who, by=lidia, at=NOW)
    found = set(acts.visible(acts.Act.objects.filter(verb="edition-changed"), person, NOW))
    assert found == {made[key.replace("mine", str(group.pk))] for key in seen}
    told = acts.listed(person, NOW, edition.scope)
    assert told is None if person is None else {made[key] for key in told if key in made} == found


def test_what_waits_for_the_ranking_is_for_everybody_once_it_is_closed(edition, lidia):
    with transaction.atomic():
        act = acts.record(
            EditionChanged(edition.pk), by=lidia, at=NOW, scope=edition.scope, audience="nobody-until-closed"
        )
    actions.close_ranking(edition, at=CLOSES)
    listed = acts.Act.objects.filter(pk=act.pk)
    assert not acts.visible(listed, lidia, CLOSES - TICK).exists()
    assert "nobody-until-closed" not in acts.listed(lidia, CLOSES - TICK, edition.scope)
    for anybody in (None, lidia):
        assert acts.visible(listed, anybody, CLOSES).exists()
    assert "nobody-until-closed" in acts.listed(lidia, CLOSES, edition.scope)
    assert "nobody-until-closed" not in acts.listed(lidia, CLOSES, "another")


def test_audiences_cost_the_same_queries_for_one_edition_and_for_three(
    edition, lidia, django_assert_num_queries
):
    for number in (4, 5):
        actions.create_edition(
            number=number, title=f"Classe {number}", slug=f"c{number}", phases=DATES, by=lidia, at=NOW
        )
    with django_assert_num_queries(2):
        list(acts.visible(acts.Act.objects.all(), lidia, NOW))


def test_only_who_runs_the_house_begins_an_edition(lidia, oreste):
    assert rules.may_create_edition(lidia, NOW) is ALLOWED
    assert rules.may_create_edition(oreste, NOW) is HIDDEN
    assert rules.may_create_edition(None, NOW) is HIDDEN
    assert rules.may_create_edition(make_person("Ada", is_administrator=True), NOW) is ALLOWED
