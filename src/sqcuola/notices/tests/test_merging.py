"""Two accounts of one person become one: what they were told, and how they want to be told."""

import pytest

from sqcuola.kernel import clock
from sqcuola.notices.models import Notice, Preference
from sqcuola.people import merging
from sqcuola.people.models import Person

pytestmark = pytest.mark.django_db


def test_notices_come_over_once_and_ones_own_wishes_stay():
    at = clock.now()
    stays = Person.objects.create_user("nives@example.org", "Nives")
    goes = Person.objects.create_user("nives.rota@example.org", "Nives Rota")
    for person, key in ((stays, "a"), (goes, "a"), (goes, "b")):
        Notice.objects.create(person=person, key=key, kind="x", url="/", made_at=at)
    for person, kind, how in ((stays, "x", "here"), (goes, "x", "now"), (goes, "y", "daily")):
        Preference.objects.create(person=person, kind=kind, how=how)

    merging.merge(goes, into=stays, by=stays, at=at)

    assert sorted(Notice.objects.filter(person=stays).values_list("key", flat=True)) == ["a", "b"]
    assert set(Preference.objects.values_list("person", "kind", "how")) == {
        (stays.pk, "x", "here"),
        (stays.pk, "y", "daily"),
    }
