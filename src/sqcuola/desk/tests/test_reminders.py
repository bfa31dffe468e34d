"""What is due within a day is said once, out of the agenda, to whom it waits for and to nobody else."""

from datetime import timedelta

import pytest

from sqcuola.admissions import actions
from sqcuola.desk import jobs, reminders
from sqcuola.desk.tests.test_desk import NOW, clock_at, edition, lidia, nives
from sqcuola.kernel.models import Outgoing
from sqcuola.notices.models import EditedText, Notice, Preference
from sqcuola.people.models import Person

__all__ = ["clock_at", "edition", "lidia", "nives"]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLOSES = NOW + 7 * DAY


def told():
    return sorted((one.person.name, one.data["what"]) for one in Notice.objects.filter(kind=reminders.DUE))


@pytest.fixture
def begun(edition, nives):
    return actions.begin(edition, by=nives, at=NOW)


def test_who_has_not_handed_in_is_told_the_day_before_and_once(monkeypatch, begun, nives):
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: NOW)
    jobs.remind(CLOSES - DAY - HOUR)
    assert told() == []
    jobs.remind(CLOSES - DAY)
    jobs.remind(CLOSES - HOUR)
    jobs.remind(CLOSES)

    assert told() == [("Nives Rota", "Consegna la candidatura a «Classe III»")]
    letter = Outgoing.objects.get(to=nives.email)
    assert letter.subject == (
        "Consegna la candidatura a «Classe III»: c’è tempo fino a lunedì 30 novembre, 11:00"
    )
    assert "/e/terza/apply/" in letter.text


@pytest.mark.parametrize("why", ["handed in", "withdrawn", "called off", "erased"])
def test_who_has_nothing_to_do_is_told_nothing(begun, edition, nives, why):
    change = {"handed in": {"submitted_at": NOW, "digest": "1" * 64}, "withdrawn": {"withdrawn_at": NOW}}
    type(begun).objects.update(**change.get(why, {}))
    if why == "called off":
        type(edition).objects.update(cancelled_at=NOW)
    if why == "erased":
        Person.objects.filter(pk=nives.pk).update(erased_at=NOW)
    jobs.remind(CLOSES - HOUR)

    assert told() == []


def test_another_deadline_of_the_same_thing_is_told_too(begun, edition):
    jobs.remind(CLOSES - HOUR)
    edition.phases.filter(kind="call").update(ends=CLOSES + 2 * DAY)
    jobs.remind(CLOSES + DAY + HOUR)

    assert len(told()) == 2


def test_it_is_said_in_the_words_of_the_edition_and_as_the_person_wants(begun, edition, nives):
    words = {"subject": "Ultimo giorno", "body": "{what} {when} {url}"}
    EditedText.objects.create(edition=edition, key=reminders.DUE, language="it", edited_at=NOW, **words)
    jobs.remind(CLOSES - HOUR)
    assert Outgoing.objects.get(to=nives.email).subject == "Ultimo giorno"

    Preference.objects.create(person=nives, kind=reminders.DUE, how=Preference.How.HERE)
    edition.phases.filter(kind="call").update(ends=CLOSES + 2 * DAY)
    jobs.remind(CLOSES + DAY + HOUR)
    assert len(told()) == 2
    assert Outgoing.objects.count() == 1


def test_who_is_in_nothing_that_goes_on_is_not_even_asked(begun, edition, lidia, nives):
    stranger = Person.objects.create_user("s@example.org", "Stranger")
    assert set(reminders.people_with_something(NOW)) == {nives, lidia}
    later = NOW + 400 * DAY
    assert set(reminders.people_with_something(later)) == {lidia}
    assert stranger not in reminders.people_with_something(NOW)
