"""Registries that a test may fill are put back as they were."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction

from sqcuola.kernel import acts, audiences, jobs
from sqcuola.kernel.acts import declare, wording

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def at():
    return NOON


@pytest.fixture
def registries(monkeypatch):
    """Let a test declare verbs, audiences, jobs and names, and forget them afterwards."""
    for module, name in [
        (declare, "_verbs"),
        (declare, "_by_payload"),
        (audiences, "_audiences"),
        (jobs, "_jobs"),
    ]:
        monkeypatch.setattr(module, name, dict(getattr(module, name)))
    monkeypatch.setattr(wording, "_name", list(wording._name))


@pytest.fixture
def ada(django_user_model):
    return django_user_model.objects.create_user("ada@example.org", "Ada Bianchi")


@pytest.fixture
def bruno(django_user_model):
    return django_user_model.objects.create_user("bruno@example.org", "Bruno Verdi")


@pytest.fixture
def counted(registries):
    @acts.verb("counted", audience="public", sentence="{count}")
    @dataclass(frozen=True)
    class Counted:
        count: int

    def do(number=1, **how):
        with transaction.atomic():
            return acts.record(Counted(number), **{"by": acts.SYSTEM, "at": NOON, **how})

    return do
