"""A paper is read by as many as declared, marked by each alone, closed once, and never leads to a person."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from sqcuola.editions.models import Role
from sqcuola.kernel.models import Act, Outgoing
from sqcuola.kernel.verdicts import Refused
from sqcuola.marking import actions, agenda, queries, rules
from sqcuola.marking.models import Apart, Assignment, Mark, Paper, Sheet
from sqcuola.marking.tests.conftest import BEGINS, DAY, ENDS, NOW, bodies, make_reader, points
from sqcuola.marking.words import about


def mark_all(round_, reader, first=5, second=3, at=NOW):
    for assignment in queries.own(round_, reader):
        actions.mark(assignment, points(round_, first, second), "", by=reader, at=at)


def test_papers_are_made_once_and_in_the_order_they_came(round_, lidia):
    papers = actions.make_papers(round_, bodies(3), by=lidia, at=NOW)

    assert [paper.body[0]["written"] for paper in papers] == ["Testo 0", "Testo 1", "Testo 2"]
    assert len({paper.code for paper in papers}) == 3
    with pytest.raises(Refused):
        actions.make_papers(round_, bodies(3), by=lidia, at=NOW)
    assert Paper.objects.count() == 3


def test_everybody_reads_as_much_and_each_pile_has_its_own_order(given, readers):
    piles = [[line.code for line in queries.pile(given, reader).lines] for reader in readers]

    assert [len(pile) for pile in piles] == [4, 4, 4]
    assert sorted(code for pile in piles for code in pile) == sorted(
        [*Paper.objects.values_list("code", flat=True)] * 2
    )
    assert piles != [sorted(pile) for pile in piles]


def test_who_must_not_meet_does_not_and_what_nobody_can_read_is_said(round_, papers, readers, lidia):
    apart = {(papers[0].pk, reader.pk) for reader in readers[:2]}

    short = actions.give_out(round_, readers, apart, by=lidia, at=BEGINS)

    assert short == {papers[0].code: 1}
    assert [one.reader for one in papers[0].assignments.all()] == [readers[2]]


def test_marks_change_until_one_closes_and_then_never(given, readers):
    ada = readers[0]
    first = queries.own(given, ada)[0]
    actions.mark(first, points(given, 1, 1), "Poco.", by=ada, at=NOW)
    actions.mark(first, {given.criteria.first().pk: 4}, "Di più.", by=ada, at=NOW)

    sheet = Sheet.objects.get(assignment=first)
    assert [*sheet.marks.order_by("criterion__position").values_list("points", flat=True)] == [4, 1]
    assert sheet.words == "Di più."
    assert str(rules.may_close(ada, given, NOW).reason) == "A 3 scritti mancano ancora dei punti."

    mark_all(given, ada)
    assert actions.close(given, by=ada, at=NOW) == 4
    assert actions.close(given, by=ada, at=NOW) == 0
    first.refresh_from_db()
    with pytest.raises(Refused):
        actions.mark(first, points(given, 0, 0), "", by=ada, at=NOW)
    assert Act.objects.filter(verb="reading-closed").count() == 1


@pytest.mark.parametrize("wrong", [6, -1, 99])
def test_points_that_do_not_exist_change_nothing(given, readers, wrong):
    first = queries.own(given, readers[0])[0]
    with pytest.raises(Refused):
        actions.mark(first, points(given, 2, wrong), "Testo", by=readers[0], at=NOW)
    with pytest.raises(Refused):
        actions.mark(first, {0: 1}, "", by=readers[0], at=NOW)
    with pytest.raises(Refused, match="2 caratteri"):
        actions.mark(first, {}, "x" * 2002, by=readers[0], at=NOW)
    assert not Sheet.objects.exists()


def test_the_clock_decides_to_the_second(given, readers):
    first = queries.own(given, readers[0])[0]
    second = timedelta(seconds=1)
    for at, taken in ((BEGINS - second, False), (BEGINS, True), (ENDS - second, True), (ENDS, False)):
        assert bool(rules.may_mark(readers[0], first, at)) is taken


def test_only_ones_own_papers_exist(given, readers, lidia):
    ada, bruno = readers[:2]
    foreign = Assignment.objects.filter(reader=bruno).exclude(paper__assignments__reader=ada)[0]

    assert not rules.may_open(ada, foreign, NOW)
    assert not rules.may_read(lidia, given, NOW)
    with pytest.raises(Assignment.DoesNotExist):
        queries.own_paper(ada, given.pk, foreign.paper.code)
    Role.objects.filter(person=ada).update(ends=NOW)
    assert not rules.may_read(ada, given, NOW)
    assert not rules.may_open(ada, queries.own(given, ada)[0], NOW)


def test_points_are_the_mean_of_the_sheets_that_count(given, readers):
    ada, bruno, carla = readers
    mark_all(given, ada, 5, 3)
    mark_all(given, bruno, 1, 1)
    actions.close(given, by=ada, at=NOW)
    actions.close(given, by=bruno, at=NOW)
    mark_all(given, carla, 0, 0)

    now, after = queries.points_of(given, NOW), queries.points_of(given, ENDS)
    both = Assignment.objects.filter(reader=ada, paper__assignments__reader=bruno).values_list(
        "paper", flat=True
    )[0]
    assert now[both] == Decimal("62.500")  # 8 and 2 of 8
    alone = Assignment.objects.filter(reader=ada, paper__assignments__reader=carla).values_list(
        "paper", flat=True
    )[0]
    assert (now[alone], after[alone]) == (Decimal("100.000"), Decimal("50.000"))
    assert (queries.unread(given, NOW), queries.unread(given, ENDS)) == (4, 0)


def test_a_sheet_that_lacks_a_mark_counts_at_no_hour(given, readers):
    ada = readers[0]
    first = queries.own(given, ada)[0]
    actions.mark(first, {given.criteria.first().pk: 5}, "", by=ada, at=NOW)

    assert queries.points_of(given, ENDS + DAY) == {}


def test_a_paper_whose_author_one_knows_goes_to_somebody_else(given, readers):
    ada = readers[0]
    first = queries.own(given, ada)[0]
    mark = actions.mark(first, points(given, 5, 3), "", by=ada, at=NOW)
    actions.hand_back(first, readers, by=ada, at=NOW)

    assert first.paper.assignments.filter(returned_at=None).count() == 2
    assert not first.paper.assignments.filter(returned_at=None, reader=ada).exists()
    assert not queries.counted(given, ENDS).filter(pk=mark.pk).exists()
    assert not rules.may_open(ada, first, NOW)
    second = queries.own(given, ada)[0]
    Apart.objects.create(
        paper=second.paper,
        person=next(one for one in readers if not second.paper.assignments.filter(reader=one)),
    )
    with pytest.raises(Refused, match="Nessun altro"):
        actions.hand_back(second, readers, by=ada, at=NOW)
    second.refresh_from_db()
    assert second.returned_at is None


def test_who_leaves_keeps_what_they_closed_and_the_rest_goes_on(given, edition, readers, lidia):
    ada, bruno, carla = readers
    dora = make_reader(edition, "Dora")
    mark_all(given, ada)
    actions.close(given, by=ada, at=NOW)
    first = queries.own(given, bruno)[0]
    actions.mark(first, points(given, 3, 3), "", by=bruno, at=NOW)

    assert actions.give_out(given, [carla, dora], set(), by=lidia, at=NOW) == {}

    assert queries.own(given, ada).count() == 4  # closed: theirs, though they left
    assert queries.own(given, bruno).count() == 0
    assert all(paper.assignments.filter(returned_at=None).count() == 2 for paper in Paper.objects.all())
    shown = queries.progress(given, [carla, dora], NOW)
    assert (shown.needed, shown.counted, shown.left, shown.adrift) == (12, 4, 8, 0)
    assert [(one.person.name, one.here) for one in shown.readers][-1] == ("Ada", False)


def test_given_out_again_nobody_loses_a_paper(given, readers, lidia):
    before = {*Assignment.objects.values_list("paper", "reader", "turn")}
    assert actions.give_out(given, readers, set(), by=lidia, at=NOW) == {}
    assert {*Assignment.objects.values_list("paper", "reader", "turn")} == before


def test_no_act_says_what_somebody_read_or_gave(given, readers):
    mark_all(given, readers[0])
    actions.close(given, by=readers[0], at=NOW)
    codes = Paper.objects.values_list("code", flat=True)
    said = " ".join(str(act.payload) for act in Act.objects.all())
    assert not any(code in said for code in codes)
    assert "Testo" not in said


def test_the_desk_says_what_is_left_to_read_until_it_ends(given, readers, edition):
    ada = readers[0]
    (entry,) = agenda.for_person(ada, NOW)
    assert (str(entry.what), entry.when) == ("Leggi 4 scritti di «Classe III»", ENDS)
    (before,) = agenda.for_person(ada, BEGINS - timedelta(hours=1))
    assert (before.when, before.act) == (BEGINS, "")
    mark_all(given, ada)
    actions.close(given, by=ada, at=NOW)
    assert not [*agenda.for_person(ada, NOW)]


def test_an_edition_that_is_called_off_is_not_read(given, readers, edition):
    edition.cancelled_at = NOW
    edition.save(update_fields=["cancelled_at"])
    first = queries.own_paper(readers[0], given.pk, queries.pile(given, readers[0]).lines[0].code)
    with pytest.raises(Refused):
        actions.mark(first, points(given, 1, 1), "", by=readers[0], at=NOW)
    assert not Mark.objects.exists()


def test_how_long_it_takes_is_told_at_ones_own_pace(given, readers):
    ada = readers[0]
    assert queries.pile(given, ada).left is None
    for turn, assignment in enumerate(queries.own(given, ada)):
        at = NOW + turn * timedelta(minutes=8)
        given_points = points(given, 1, 1) if turn < 3 else {given.rubric[0].pk: 1}
        actions.mark(assignment, given_points, "", by=ada, at=at)
    assert queries.pile(given, ada).left == timedelta(minutes=8)
    assert [about(timedelta(minutes=one)) for one in (2, 24, 61, 92, 150)] == [
        "circa 5 minuti",
        "circa 25 minuti",
        "circa un’ora",
        "circa un’ora e mezza",
        "circa 2 ore e mezza",
    ]
    assert about(None) == ""


def test_a_reader_works_by_the_link_of_the_mail_alone_and_gets_no_further(
    given, readers, client, monkeypatch
):
    ada = readers[0]
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: NOW)
    (letter,) = Outgoing.objects.filter(to=ada.email)
    assert "4 nuovi scritti" in letter.subject
    assert "lunedì 18 gennaio" in letter.text
    link = re.search(r"https?://[^/\s]+(/\S*)", letter.text)[1]

    assert client.get(link).status_code == 200  # a scanner opens it: nothing happens
    desk = f"/read/{given.pk}/"
    assert client.get(desk).status_code == 302
    assert client.post(link).url == desk
    page = client.get(desk).content.decode()
    code = queries.pile(given, ada).next
    assert code in page
    sent = {f"c{one.pk}": "2" for one in given.rubric} | {"words": ""}
    assert client.post(f"{desk}{code}/", sent).status_code == 302
    assert Mark.objects.count() == 2
    for elsewhere in ("/desk/", "/me/", f"/e/{given.edition.slug}/cockpit/", f"/read/{given.pk + 1}/"):
        assert client.get(elsewhere).status_code in {302, 404}, elsewhere
    mark_all(given, ada)
    client.post(f"{desk}close/")
    assert Sheet.objects.filter(closed_at=None).count() == 0


def test_whoever_gets_a_paper_that_was_handed_on_is_told(given, readers):
    before = Outgoing.objects.count()
    actions.hand_back(queries.own(given, readers[0])[0], readers, by=readers[0], at=NOW)
    (told,) = Outgoing.objects.order_by("pk")[before:]
    assert "1 nuovo scritto" in told.subject
    assert told.to != readers[0].email


def test_a_paper_that_is_handed_on_twice_at_once_goes_to_one_other(given, edition, readers, lidia):
    ada = readers[0]
    readers = [*readers, make_reader(edition, "Dora"), make_reader(edition, "Elio")]
    actions.give_out(given, readers, set(), by=lidia, at=NOW)
    first, again = queries.own(given, ada)[0], queries.own(given, ada)[0]

    actions.hand_back(first, readers, by=ada, at=NOW)
    with pytest.raises(Refused):
        actions.hand_back(again, readers, by=ada, at=NOW)

    assert first.paper.assignments.filter(returned_at=None).count() == given.each


def test_a_paper_is_not_handed_back_once_its_reading_was_closed_meanwhile(given, readers):
    ada = readers[0]
    first = Assignment.objects.select_related("paper__round__edition").filter(reader=ada)[0]
    mark_all(given, ada)
    assert first.sheet.closed_at is None  # as the page had loaded it
    actions.close(given, by=ada, at=NOW)
    with pytest.raises(Refused):
        actions.hand_back(first, readers, by=ada, at=NOW)
    assert queries.own(given, ada).count() == 4


def test_a_paper_is_not_handed_to_who_was_asked_since_nobody_knows_whether_they_wrote_it(
    given, edition, readers, lidia
):
    dora = make_reader(edition, "Dora")
    Role.objects.filter(person=dora).update(begins=BEGINS + timedelta(hours=1))
    second = queries.own(given, readers[0])[0]
    Apart.objects.bulk_create(Apart(paper=second.paper, person=one) for one in readers)
    everybody = queries.readers(edition, NOW)
    assert dora in everybody

    with pytest.raises(Refused, match="Nessun altro"):
        actions.hand_back(second, everybody, by=readers[0], at=NOW)
    actions.give_out(given, everybody, set(), by=lidia, at=NOW)
    actions.hand_back(second, everybody, by=readers[0], at=NOW)
    assert second.paper.assignments.filter(reader=dora, returned_at=None).exists()


def test_once_the_ranking_is_closed_nothing_changes_though_the_phase_gets_more_days(given, edition, readers):
    ada = readers[0]
    mark_all(given, ada, 5, 3)
    before = queries.points_of(given, ENDS)
    actions.settle(given, ENDS)
    edition.ranking_closed_at = ENDS
    edition.save(update_fields=["ranking_closed_at"])
    edition.phases.update(ends=ENDS + 7 * DAY)
    code = queries.pile(given, readers[1]).lines[0].code
    assignment = queries.own_paper(readers[1], given.pk, code)
    moved = assignment.paper.round

    with pytest.raises(Refused, match="graduatoria"):
        actions.mark(assignment, points(given, 0, 0), "", by=readers[1], at=ENDS + DAY)
    assert queries.points_of(moved, ENDS) == before


def test_marks_of_a_paper_that_went_to_somebody_else_meanwhile_are_refused(given, readers):
    ada = readers[0]
    first, again = queries.own(given, ada)[0], queries.own(given, ada)[0]
    actions.hand_back(first, readers, by=ada, at=NOW)
    with pytest.raises(Refused, match=str(rules.LEFT)):
        actions.mark(again, points(given, 1, 1), "", by=ada, at=NOW)
    assert not Sheet.objects.exists()
