"""A school with editions at every stage, as a server remembers it."""

import pytest
from django.core.cache import cache

from sqcuola.desk.tests.standing import DAY, NOW, make
from sqcuola.editions.models import School


@pytest.fixture
def memory(settings):
    """Remember between requests, as a school does."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "the cost"}
    }
    cache.clear()


@pytest.fixture
def school(monkeypatch, memory, settings, db):
    settings.MAIL = settings.MAIL.__class__("smtp", leaves=True)
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: NOW)
    School.objects.create(name="SQcuola", founded_at=NOW)


@pytest.fixture
def editions():
    """Give one edition of last year, one whose class is at work, one whose call is open; and one without a call to come."""
    found = {
        "past": make(1, NOW - 400 * DAY),
        "running": make(2, NOW - 100 * DAY),
        "open": make(3, NOW - 9 * DAY),
        "invited": make(4, NOW - 9 * DAY),
    }
    found["invited"].phases.filter(kind="call").delete()
    return found
