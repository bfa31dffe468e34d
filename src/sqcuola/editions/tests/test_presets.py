"""A beginning decides everything from a few answers, and says why, whatever the day it starts from."""

import itertools
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from sqcuola.editions import actions, presets
from sqcuola.editions.forms import NewEditionForm
from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.tests.conftest import NOW

ROME = ZoneInfo("Europe/Rome")
# A plain day, the eve of each change of clocks, a leap day, the last day of a year.
DAYS = [date(2026, 11, 25), date(2027, 3, 27), date(2027, 10, 30), date(2028, 2, 29), date(2026, 12, 31)]
every_preset = pytest.mark.parametrize("preset", presets.offered(), ids=lambda preset: preset.key)


def answers(starts, seats=30):
    return presets.Answers("Classe IV", "Social media", seats, starts, "Europe/Rome")


@every_preset
def test_at_most_eight_questions_are_asked(preset):
    form = NewEditionForm(None, preset=preset, today=date(2026, 11, 25), zone="Europe/Rome")
    assert 1 <= len(form.fields) <= 8


@every_preset
@pytest.mark.parametrize("language", ["it", "en"])
def test_each_thing_that_was_decided_has_its_sentence(preset, language, lidia):
    with translation.override(language):
        plan = presets.plan(preset, answers(DAYS[0], preset.seats))
        choices = [*plan.choices, *actions.decided(plan, "Classe IV", by=lidia, at=NOW)]

        assert len(choices) > 3
        assert [
            str(choice.what) for choice in choices if not str(choice.why).rstrip().endswith((".", "?"))
        ] == []
        assert all(str(choice.what) for choice in choices)
    assert not Edition.objects.exists(), "a plan writes nothing"


@every_preset
@pytest.mark.parametrize("starts", DAYS, ids=str)
def test_its_phases_follow_one_another_on_the_hours_of_the_wall(preset, starts):
    dates = presets.plan(preset, answers(starts)).dates

    assert min(begins for begins, _ends in dates.values()).astimezone(ROME).date() >= starts
    assert all(begins < ends for begins, ends in dates.values())
    assert all(instant.astimezone(ROME).minute in {0, 30} for both in dates.values() for instant in both)
    chain = [kind for kind in ("call", "assessment", "ranking", "class") if kind in dates]
    for before, after in itertools.pairwise(chain):
        assert dates[before][1] <= dates[after][0], (before, after)


@every_preset
def test_what_it_needs_is_in_it_and_what_has_no_room_is_not_offered(preset):
    dates = presets.plan(preset, answers(DAYS[0])).dates
    assert preset.needs <= set(dates)
    assert Phase.Kind.CLASS in dates
    assert "projects" not in {one.key for one in presets.offered()}, "no room for project works yet"


def test_a_copy_says_why_too_and_moves_by_whole_weeks(edition):
    starts = date(2027, 5, 3)
    plan = presets.plan_copy(edition, answers(starts))

    assert all(str(choice.why).endswith(".") for choice in plan.choices)
    for kind, (begins, _ends) in plan.dates.items():
        before = edition.phases.get(kind=kind).begins.astimezone(ROME)
        assert (begins.astimezone(ROME).weekday(), begins.astimezone(ROME).time()) == (
            before.weekday(),
            before.time(),
        )
    first = min(begins for begins, _ends in plan.dates.values()).astimezone(ROME).date()
    assert starts <= first < starts + timedelta(days=7)
