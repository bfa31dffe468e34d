"""Rooms say what they have for a person, for a list, for an edition; the house asks all of them."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model

from sqcuola.kernel import agenda, edition_parts, lists
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Outcome

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(agenda, "_sources", {})
    monkeypatch.setattr(lists, "_lists", {})
    monkeypatch.setattr(edition_parts, "_parts", {})


class TestAgenda:
    def test_rooms_are_merged_by_instant_and_what_is_to_be_done_comes_first(self, at):
        def entry(key, hours, act=""):
            return agenda.Entry(at + hours * HOUR, key, "/", act, agenda.Kind.EVENT, key)

        agenda.register("one", lambda _person, _at: [entry("late", 9), entry("know", 1)])
        agenda.register("two", lambda _person, _at: [entry("do", 1, "Go on"), entry("soon", 0)])

        assert [item.key for item in agenda.for_person(None, at)] == ["soon", "do", "know", "late"]

    def test_a_room_is_asked_about_the_person_and_the_instant(self, at):
        asked = []
        agenda.register("one", lambda *about: asked.append(about) or [])
        agenda.for_person("ada", at)

        assert asked == [("ada", at)]

    def test_a_room_has_one_agenda(self):
        agenda.register("one", lambda *_: [])
        with pytest.raises(ValueError, match="two agendas"):
            agenda.register("one", lambda *_: [])


@pytest.mark.django_db
class TestLists:
    @pytest.fixture
    def everybody(self, ada, bruno):
        lists.register(
            "everybody",
            title="Everybody",
            members=lambda _edition, _person, _at: get_user_model().objects.order_by("email"),
            may_see=lambda person, _edition, _at: ALLOWED if person == ada else HIDDEN,
            columns=[("Name", lambda member: member.name), ("Mail", lambda member: member.email)],
        )

    def test_who_may_see_a_list_is_asked_each_time(self, everybody, ada, bruno, at):
        assert [item.key for item in lists.seen_by(ada, None, at)] == ["everybody"]
        assert lists.seen_by(bruno, None, at) == []
        assert lists.may_see("everybody", bruno, None, at).outcome is Outcome.HIDDEN

    def test_a_list_nobody_registered_is_hidden(self, ada, at):
        assert lists.may_see("nothing", ada, None, at).outcome is Outcome.HIDDEN
        assert lists.named("nothing") is None

    def test_it_is_exported_with_a_heading_and_without_formulas(self, everybody, ada, bruno, at):
        bruno.name = '=HYPERLINK("http://x")'
        bruno.save(update_fields=["name"])

        assert list(lists.rows(lists.named("everybody"), None, ada, at)) == [
            ["Name", "Mail"],
            ["Ada Bianchi", "ada@example.org"],
            ['\'=HYPERLINK("http://x")', "bruno@example.org"],
        ]

    @pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
    def test_no_cell_of_a_file_is_a_formula_and_accents_are_read(self, first):
        lines = list(lists.as_csv([["Nome", "N."], [f"{first}1+1", 7], ['Cantù, "sì"', ""]]))

        assert lines[0] == b"\xef\xbb\xbf"
        assert b"".join(lines).decode("utf-8-sig").split("\r\n")[0] == "Nome,N."
        assert lines[2].decode().lstrip('"').startswith(f"'{first}1+1")
        assert lines[3].decode() == '"Cantù, ""sì""",\r\n'

    def test_a_file_is_written_row_by_row(self):
        asked = []

        def rows():
            for number in range(3):
                asked.append(number)
                yield [number]

        response = lists.as_file("sheet", rows())
        assert asked == [0]
        chunks = iter(response)
        next(chunks)
        next(chunks)
        assert asked == [0]
        next(chunks)
        assert asked == [0, 1]

    def test_a_key_is_one_list(self, everybody):
        with pytest.raises(ValueError, match="twice"):
            lists.register("everybody", title="", members=None, may_see=None)


@pytest.mark.django_db
class TestEditionParts:
    @pytest.fixture
    def called(self):
        called = []
        for room in ("admissions", "people", "notices"):
            edition_parts.register(
                room,
                defaults=lambda edition, preset, at, room=room: [edition_parts.Decided(room, preset)],
                copy=lambda old, new, shift, at, room=room: called.append((room, old, new, shift)),
                cancel=lambda edition, by, at, room=room: called.append((room, edition, by)),
                leave_out=lambda edition, kind, by, at, room=room: called.append((room, kind)),
            )
        edition_parts.register("questions")
        return called

    def test_an_edition_begins_from_the_lowest_floor_up(self, called, at):
        decided = edition_parts.defaults(SimpleNamespace(), "like 2012", at=at)

        assert [item.what for item in decided] == ["people", "notices", "admissions"]
        assert {item.why for item in decided} == {"like 2012"}

    def test_it_is_copied_upwards_and_cancelled_downwards(self, called, at):
        edition_parts.copy("old", "new", shift=HOUR, at=at)
        edition_parts.cancel("new", by="ada", at=at)
        edition_parts.leave_out("new", "awards", by="ada", at=at)

        assert called == [
            ("people", "old", "new", HOUR),
            ("notices", "old", "new", HOUR),
            ("admissions", "old", "new", HOUR),
            ("admissions", "new", "ada"),
            ("notices", "new", "ada"),
            ("people", "new", "ada"),
            ("admissions", "awards"),
            ("notices", "awards"),
            ("people", "awards"),
        ]

    def test_one_room_that_fails_undoes_all(self, at):
        people = get_user_model().objects

        def fail(*_about):
            raise KeyError

        edition_parts.register("people", cancel=fail)
        edition_parts.register("admissions", cancel=lambda *_: people.create_user("new@example.org"))

        with pytest.raises(KeyError):
            edition_parts.cancel("edition", by=None, at=at)
        assert not people.filter(email="new@example.org").exists()
