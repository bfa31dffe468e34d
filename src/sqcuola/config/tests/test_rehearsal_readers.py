"""Readers are drawn from a seed; who looks over their shoulders sees a name however it is written."""

import io
import zipfile

import pytest

from sqcuola.config.rehearsal import cast, readers
from sqcuola.config.rehearsal.applicant import letter_of
from sqcuola.config.rehearsal.blind import Blind, parts, runs
from sqcuola.config.rehearsal.facts import Facts
from sqcuola.config.rehearsal.reading import Page


@pytest.mark.parametrize(("applicants", "several"), [(9, 4), (40, 4), (180, 10), (360, 20)])
def test_there_are_enough_readers_and_every_way_is_there(applicants, several):
    drawn = readers.draw(applicants, seed=3)

    assert len(drawn) == len({one.name for one in drawn}) == len({one.mail for one in drawn}) == several
    assert {one.way for one in drawn} >= set(list(readers.Way)[:4])
    assert {one.number for one in drawn} == set(range(applicants + 1, applicants + several + 1))
    assert drawn == readers.draw(applicants, seed=3) != readers.draw(applicants, seed=4)


def test_no_reader_is_called_like_an_applicant():
    assert not set(readers.GIVEN) & set(cast.GIVEN)
    assert not set(readers.FAMILY) & set(cast.FAMILY)


def test_points_are_those_of_the_criterion_and_come_from_letter_and_severity():
    author = cast.draw(40, 8, seed=1)[0]
    mild, hard = (readers.Reading(1, "x", "x@y", readers.Way.STEADY, severity, 7) for severity in (0.3, -0.3))
    given = [(mild.points(author, place, 5), hard.points(author, place, 5)) for place in range(4)]

    assert all(0 <= low <= high <= 5 for high, low in given)
    assert given == [(mild.points(author, place, 5), hard.points(author, place, 5)) for place in range(4)]
    assert sum(high for high, _low in given) > sum(low for _high, low in given)


@pytest.fixture
def author():
    return next(one for one in cast.draw(40, 8, seed=1) if one.writes_name and one.employer)


@pytest.fixture
def blind(author):
    there = Blind(Facts(2))
    there.know(author, "KMNP27")
    return there


def saw(blind, words, *, url="http://h/read/1/", own=""):
    """Return what is noted when reader 50 gets a page with these words."""
    look = blind.eyes_of(50, own, lambda _page: None)
    look(Page(url, 200, f"<p>{words}</p>".encode(), "text/html; charset=utf-8"))
    return blind.facts.blind


def test_a_name_is_found_however_it_is_written():
    assert parts("NÌVES&nbsp;Ràvelli-7") == ["nives", "ravelli", "7"]
    assert "nives ravelli" in runs("<b>@nives-ravelli</b>")


@pytest.mark.parametrize("what", ["name", "mail", "town", "employer"])
def test_whatever_says_whose_a_letter_is_is_seen(blind, author, what):
    assert saw(blind, getattr(author, what).upper())


def test_a_code_of_an_application_is_seen_and_a_stranger_is_not(blind):
    assert not saw(blind, "Carta ABCD2345 di Zenobia")
    assert saw(blind, "Carta kmnp27")


def test_what_one_wrote_of_oneself_and_a_page_one_opened_knowingly_are_ones_own(blind, author):
    assert not saw(blind, author.employer, own=author.employer.upper())
    assert not saw(blind, author.name, url="http://h/people/nives-ravelli/")
    assert saw(blind, author.employer)


def test_also_another_looks_at_every_page(blind):
    seen = []
    look = blind.eyes_of(50, "", seen.append)
    look(Page("http://h/x/", 200, b"", "text/html"))
    assert len(seen) == blind.facts.looked[50] == 1


def test_a_letter_in_which_a_name_was_not_covered_is_seen(blind, author):
    covered = f"Sono █████: gli amici dicono █████. {author.letter_mark}"
    assert not saw(blind, covered)
    assert blind.facts.covered == {author.number: 1}

    assert saw(blind, f"Sono █████: gli amici dicono {author.name.split()[0].upper()}. {author.letter_mark}")


def test_who_writes_their_name_writes_it_with_other_capitals_and_accents(author):
    written = letter_of(author)
    assert author.name not in written
    assert author.mail in written
    assert " ".join(parts(author.name)) in runs(written)


def test_mails_and_files_are_looked_into(blind, author):
    blind.look_at_mail(50, "Una lettera", "Di chi è non si sa.")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("about.json", '{"words": "bella"}')
    blind.look_at_file(50, packed.getvalue(), "")
    assert (blind.facts.blind, blind.facts.looked) == ([], {50: 2})

    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("papers.json", f'{{"who": "{author.name}"}}')
    blind.look_at_file(50, packed.getvalue(), "")
    blind.look_at_mail(50, f"La lettera di {author.name}", "")
    assert len(blind.facts.blind) == 2
