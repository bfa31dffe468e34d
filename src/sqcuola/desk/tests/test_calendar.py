"""What lies before somebody, in the calendar they live by."""

from datetime import timedelta

from icalendar import Calendar

from sqcuola.admissions import actions
from sqcuola.desk.tests.test_desk import NOW, clock_at, edition, enter, lidia, nives
from sqcuola.editions.models import Clarification

__all__ = ["clock_at", "edition", "lidia", "nives"]


def read(answer):
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_deadline_is_an_event_with_a_reminder_the_day_before(client, clock_at, edition, nives):
    actions.begin(edition, by=nives, at=NOW)
    (event,) = read(enter(client, nives).get("/desk/calendar.ics"))

    assert event["summary"] == "Consegna la candidatura a «Classe III»"
    assert event["dtstart"].dt == NOW + timedelta(days=7)
    assert str(event["dtstart"].dt.tzinfo) == "Europe/Rome"
    assert event["url"].endswith("/e/terza/apply/")
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-1)
    again = read(client.get("/desk/calendar.ics"))
    assert again[0]["uid"] == event["uid"]


def test_what_waits_since_some_hour_is_no_date(client, clock_at, edition, lidia):
    Clarification.objects.create(edition=edition, question="Serve la laurea?", asked_at=NOW)
    events = read(enter(client, lidia).get("/desk/calendar.ics"))

    assert [event["summary"] for event in events if "domanda" in event["summary"]] == []
    assert events


def test_the_desk_leads_to_it_where_there_is_something_to_take(client, clock_at, edition, nives):
    assert "/desk/calendar.ics" not in enter(client, nives).get("/desk/").content.decode()
    actions.begin(edition, by=nives, at=NOW)
    assert "/desk/calendar.ics" in client.get("/desk/").content.decode()
