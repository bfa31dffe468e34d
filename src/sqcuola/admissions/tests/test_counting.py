"""What the cockpit counts is remembered until the next act of the edition: no step of a selection is left behind."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from django.core.cache import cache

from sqcuola.admissions import actions
from sqcuola.admissions.models import Accommodation, Application, Offer
from sqcuola.admissions.queries.cockpit import progress
from sqcuola.admissions.tests.conftest import NOW, make_person
from sqcuola.admissions.tests.test_applying import fill
from sqcuola.admissions.tests.test_ranking import CLOSING, sit
from sqcuola.editions.models import Role


@pytest.fixture
def counted(edition, settings):
    """Return what is new among the figures since they were last asked for."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "figures"}
    }
    cache.clear()
    before = asdict(progress(edition, NOW))

    def fresh():
        nonlocal before
        now = asdict(progress(edition, NOW))
        changed = {name: value for name, value in now.items() if value != before[name]}
        before = now
        return changed

    return fresh


def test_each_step_is_counted_at_once(edition, test, lidia, nives, counted):
    pia = make_person("Pia")
    Role.objects.create(edition=edition, person=pia, kind="papers", begins=NOW - timedelta(days=9))
    mine = actions.begin(edition, by=nives, at=NOW)
    assert counted() == {"begun": 1}
    fill(mine, nives, help={"wanted_percent": "25", "wanted": "Una mano"})
    actions.submit(mine, by=nives, at=NOW)
    assert counted() == {"submitted": 1, "helps": 1}
    actions.decide(Accommodation.objects.get(), percent=25, aids="", by=pia, at=NOW)
    assert counted() == {"helps": 0}
    actions.withdraw(mine, by=nives, at=NOW)
    assert counted() == {"submitted": 0, "withdrawn": 1}
    actions.take_up_again(mine, by=nives, at=NOW)
    assert counted() == {"withdrawn": 0}
    actions.submit(Application.objects.get(), by=nives, at=NOW)
    assert counted() == {"submitted": 1}
    sit(Application.objects.select_related("person").get(), test, 3)
    assert counted() == {"tested": 1}
    actions.close_ranking(edition, by=lidia, at=CLOSING)
    assert counted() == {"offered": 1}
    actions.accept(Offer.objects.get(), by=nives, at=CLOSING)
    assert counted() == {"offered": 0, "accepted": 1}


def test_nothing_is_counted_again_when_nothing_was_done(edition, nives, counted, django_assert_num_queries):
    actions.begin(edition, by=nives, at=NOW)
    counted()
    Application.objects.all().delete()

    with django_assert_num_queries(1):
        assert counted() == {}
