from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import timezone, translation

from sqcuola.ui import dates, faces, frame
from sqcuola.ui.templatetags import ui

FEBRUARY = datetime(2027, 2, 8, 22, 59, tzinfo=UTC)
MIDNIGHT = datetime(2027, 2, 8, 23, 0, tzinfo=UTC)


@pytest.fixture
def rome(monkeypatch):
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: datetime(2027, 1, 31, 12, 0, tzinfo=UTC))
    with timezone.override("Europe/Rome"):
        yield


@pytest.mark.parametrize(
    ("said", "italian", "english"),
    [
        (dates.moment, "lunedì 8 febbraio, 23:59", "Monday 8 February, 23:59"),
        (dates.long_day, "lunedì 8 febbraio", "Monday 8 February"),
        (dates.full_day, "8 febbraio 2027", "8 February 2027"),
        (dates.short_day, "8 feb", "8 Feb"),
        (dates.week_day, "lun 8", "Mon 8"),
        (dates.clock, "23:59", "23:59"),
    ],
)
def test_days_are_said_in_both_languages(rome, said, italian, english):
    with translation.override("it"):
        assert said(FEBRUARY) == italian
    with translation.override("en"):
        assert said(FEBRUARY) == english


def test_a_deadline_is_said_as_its_last_minute(rome):
    with translation.override("it"):
        assert dates.deadline(MIDNIGHT) == "lunedì 8 febbraio, 23:59"
        assert dates.deadline(FEBRUARY) == "lunedì 8 febbraio, 23:59"
        assert dates.long_day(date(2027, 2, 8)) == "lunedì 8 febbraio"


@pytest.mark.parametrize("year", [2026, 2028])
def test_a_day_of_another_year_has_its_year(rome, monkeypatch, year):
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: datetime(year, 6, 1, 12, 0, tzinfo=UTC))
    with translation.override("it"):
        assert dates.deadline(MIDNIGHT) == "lunedì 8 febbraio 2027, 23:59"
        assert dates.short_day(date(2027, 2, 8)) == "8 feb 2027"
    with translation.override("en"):
        assert dates.long_day(FEBRUARY) == "Monday 8 February 2027"


def test_which_year_it_is_is_read_on_the_clocks_that_are_current(monkeypatch):
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: new_year)
    with translation.override("it"):
        with timezone.override("Europe/Rome"):
            assert (dates.short_day(new_year), dates.short_day(date(2026, 12, 31))) == (
                "1 gen",
                "31 dic 2026",
            )
        with timezone.override("Europe/Lisbon"):
            assert dates.short_day(new_year) == "31 dic"


@pytest.mark.parametrize(
    ("zone", "at", "left"),
    [
        ("Europe/Rome", datetime(2027, 2, 8, 22, 59, tzinfo=UTC), 0),
        ("Europe/Rome", datetime(2027, 2, 7, 23, 0, tzinfo=UTC), 0),
        ("Europe/Rome", datetime(2027, 2, 7, 22, 59, tzinfo=UTC), 1),
        ("Europe/Rome", datetime(2027, 2, 1, 10, 0, tzinfo=UTC), 7),
        ("Europe/Rome", datetime(2027, 1, 31, 22, 59, tzinfo=UTC), 8),
        # In Lisbon the same instant is 23:00 of the same day, and midnight comes an hour later.
        ("Europe/Lisbon", datetime(2027, 2, 7, 23, 30, tzinfo=UTC), 1),
        ("Europe/Lisbon", datetime(2027, 2, 8, 0, 0, tzinfo=UTC), 0),
        # In Auckland it ends at noon of the next day: that day is the last one.
        ("Pacific/Auckland", datetime(2027, 2, 8, 10, 0, tzinfo=UTC), 1),
        ("Pacific/Auckland", datetime(2027, 2, 8, 11, 0, tzinfo=UTC), 0),
    ],
)
def test_days_left_are_counted_by_midnights_until_the_last_day(zone, at, left):
    with timezone.override(zone):
        assert dates.days_left(MIDNIGHT, at) == left


def test_the_hour_that_summer_time_takes_away_is_no_day_less(rome):
    midnight = datetime(2027, 3, 29, 22, 0, tzinfo=UTC)

    assert dates.days_left(midnight, datetime(2027, 3, 27, 23, 30, tzinfo=UTC)) == 1
    assert dates.days_left(midnight, datetime(2027, 3, 27, 22, 30, tzinfo=UTC)) == 2


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Nives Rinaldi", "NR"),
        ("Ada", "A"),
        ("Anna-Maria de Rossi", "AR"),
        ("élodie", "É"),
        ("", "·"),
        ("42", "·"),
    ],
)
def test_initials(name, letters):
    assert faces.initials(name) == letters


def test_a_person_keeps_a_colour_and_eight_are_in_use():
    assert {faces.tone(key) for key in range(200)} == set(range(8))
    assert faces.tone(7) == faces.tone("7")


class Sample(forms.Form):
    name = forms.CharField(max_length=3)
    mail = forms.EmailField()
    way = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    day = forms.DateField(required=False)


class Counted(forms.Form):
    seats = forms.IntegerField(min_value=1, max_value=600)


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("it", "0", "Scrivi un numero da 1 in su."),
        ("en", "0", "Write a number from 1 up."),
        ("it", "601", "Scrivi un numero fino a 600."),
        ("en", "601", "Write a number up to 600."),
    ],
)
def test_a_number_out_of_bounds_is_told_the_bound(language, typed, said):
    with translation.override(language):
        assert Counted({"seats": typed}).errors["seats"] == [said]


@pytest.mark.parametrize(
    ("language", "said"), [("it", "Qui serve una risposta."), ("en", "An answer is needed here.")]
)
def test_a_form_speaks_the_readers_language(language, said):
    with translation.override(language):
        assert Sample({}).errors["name"] == [said]


def test_what_was_typed_is_kept_and_the_error_stands_by_its_field():
    with translation.override("it"):
        html = str(Sample({"name": "<Nives>", "mail": "nives at", "way": "b", "day": "boh"}))

    assert 'value="&lt;Nives&gt;"' in html
    assert 'value="boh"' in html
    assert 'aria-describedby="id_mail_error"' in html
    assert 'id="id_mail_error"><p class="error">Non sembra' in html
    assert "Qui ci stanno al massimo 3 caratteri: ora sono 7." in html
    assert 'href="#id_way"' in html
    assert '<fieldset class="field" id="id_way" aria-describedby="id_way_error">' in html
    assert "(facoltativo)" in html
    assert html.count("autofocus") == 1


def test_a_form_without_errors_has_no_summary():
    assert "summary" not in str(Sample())


def test_a_fingerprint_is_read_in_groups():
    assert ui.grouped("9f3c71ab04de") == "9f3c 71ab 04de"


@pytest.mark.django_db
def test_a_title_is_said_once_and_stands_twice(rf, monkeypatch):
    monkeypatch.setattr(frame, "_me", [])
    monkeypatch.setattr(frame, "_places", [])
    from django.template import engines

    html = (
        engines["django"]
        .from_string(
            "{% extends 'ui/page.html' %}{% block title %}Tea & <mark>cake</mark> {{ x }}{% endblock %}"
        )
        .render({"x": "<b>"}, rf.get("/"))
    )

    assert "<title>Tea & cake &lt;b&gt; · SQcuola</title>" in html
    assert "<h1>Tea & <mark>cake</mark> &lt;b&gt;</h1>" in html
