"""Letters are read without their names, and count beside the test as declared."""

import re
import time
from datetime import timedelta
from decimal import Decimal

import pytest

from sqcuola.admissions import actions, reading_rules, rulebook, rules
from sqcuola.admissions.actions.reading import give_out_letters
from sqcuola.admissions.covering import COVERED, covered
from sqcuola.admissions.models import Application, Letter, LetterAnswer, RankingLine, Weights
from sqcuola.admissions.queries.reading import apart, bodies, letter_points, letter_read, reading_of
from sqcuola.admissions.queries.standing import standings, weighted
from sqcuola.admissions.tests.conftest import CLOSES, make_person
from sqcuola.admissions.tests.readings import BEGINS, DAY, ENDS, NOW, letter, reader
from sqcuola.admissions.tests.test_ranking import sit
from sqcuola.editions.actions import add_phase, extend_call, leave_out_phase, move_phase
from sqcuola.editions.models import Phase
from sqcuola.kernel import edition_parts, privacy
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.marking import actions as marking
from sqcuola.marking.models import Apart, Assignment, Paper, Round
from sqcuola.marking.queries import own
from sqcuola.people import merging
from sqcuola.people.models import Block, Follow, Person, Profile


def mark(person, round_, value, words=""):
    for assignment in own(round_, person):
        marking.mark(assignment, {one.pk: value for one in round_.criteria.all()}, words, by=person, at=NOW)
    marking.close(round_, by=person, at=NOW)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Sono Nicolò D’Amico.", f"Sono {COVERED}."),
        ("sono NICOLO d'amico", f"sono {COVERED}"),
        (
            "Nicolò, detto nico-92: scrivimi a nicolo.damico@example.org!",
            f"{COVERED}, detto {COVERED}: scrivimi a {COVERED}!",
        ),
        ("Gli Amici di Nicolosi", "Gli Amici di Nicolosi"),
        ("ﬁne, poi NICOLÒ 𝒂 casa", f"ﬁne, poi {COVERED} 𝒂 casa"),
        ("", ""),
    ],
)
def test_a_name_is_covered_however_it_is_written_and_no_other_word(words, said):
    person = Person(name="Nicolò D’Amico", email="nicolo.damico@example.org", handle="nico-92")
    assert covered(words, person) == said


def test_short_parts_of_a_name_and_no_name_cover_nothing():
    assert covered("Li ho visti da Ezio", Person(name="Li Wu", email="x@y.it")) == "Li ho visti da Ezio"
    assert covered("Sono Li Wu", Person(name="Li Wu", email="x@y.it")) == f"Sono {COVERED}"
    assert covered("Testo", Person(name="", email="a@b.it")) == "Testo"


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("Nicolò D’Amico", "Ni\u200bco\u00adlo\u0300, io", f"{COVERED}, io"),
        ("Nicolò D’Amico", "su nicolodamico.it, @damico_nicolo e N. Damico", None),
        ("Nicolò D’Amico", "nicolo92, Nicolò_D`Amico", None),
        ("Łukasz Sørensen", "Lukasz Sorensen, ŁUKASZ", f"{COVERED}, {COVERED}"),
        ("Anna Della Valle", "Anna, della classe della Valle", f"{COVERED}, della classe {COVERED}"),
        ("Marco Dell’Orto", "l’aria dell’orto", f"l’aria {COVERED}"),
        ("Marco Del Piero", "del mare, di Del Piero", f"del mare, di {COVERED}"),
        ("Stella Sole", "Il sole sulle assolate stelle", f"Il {COVERED} sulle assolate stelle"),
        ("Ada Re", "La strada reale", "La strada reale"),
    ],
)
def test_a_name_in_odd_clothes_is_covered_and_a_particle_alone_is_not(name, words, said):
    person = Person(name=name, email="x@example.org")
    found = covered(words, person)
    assert said is None or found == said
    assert not re.search("nicol|amico", found.casefold())


def test_a_long_letter_is_covered_at_once():
    person = Person(name="Aa Aaaa Aaaaa-Aaaaa Aaaaaa", email="aaaa.aaaa@example.org", handle="aaaa")
    begun = time.perf_counter()
    for words in ("a" * 10_000, "aaaa " * 2000, "aaaa-aaaa." * 1000, "à\u200b" * 5000):
        covered(words, person)
    assert time.perf_counter() - begun < 5


def test_only_questions_and_words_go_along(edition, reading, nives, lidia):
    application = letter(edition, nives, "Sono Nives.")
    for name in ("Ada", "Bruno"):
        reader(edition, name)

    assert give_out_letters(edition, by=lidia, at=NOW) == 0

    paper = Paper.objects.get()
    assert paper.body == [
        {"asked_it": "Chi ascolti?", "asked_en": "Whom do you hear?", "written": f"Sono {COVERED}. 1"},
        {"asked_it": "Che cosa insegni?", "asked_en": "", "written": f"Sono {COVERED}. 2"},
    ]
    assert Letter.objects.get().application == application
    assert paper.code not in {application.code, application.test_code}


def test_letters_are_given_out_after_the_call_with_enough_readers_until_the_reading_ends(
    edition, reading, nives, lidia
):
    letter(edition, nives)
    reader(edition, "Ada")
    said = reading_rules.may_give_out(lidia, edition, NOW)
    assert "Ogni lettera la leggono in 2, e i lettori sono 1" in str(said.reason)
    reader(edition, "Bruno")
    second = timedelta(seconds=1)
    for at, may in ((CLOSES - second, False), (CLOSES, True), (ENDS - second, True), (ENDS, False)):
        assert bool(reading_rules.may_give_out(lidia, edition, at)) is may
    with pytest.raises(Missing):
        give_out_letters(edition, by=nives, at=NOW)
    assert not Paper.objects.exists()


def test_who_withdrew_stays_a_paper_and_who_wrote_nothing_is_none(edition, reading, nives, other):
    Application.objects.filter(pk=letter(edition, nives).pk).update(withdrawn_at=CLOSES)
    LetterAnswer.objects.filter(application=letter(edition, other)).delete()
    assert [one.person for one, _body in bodies(edition)] == [nives]


def test_whoever_is_near_does_not_read(edition, reading, lidia):
    writers = [make_person(name) for name in ("Uno", "Due", "Tre", "Quattro", "Cinque")]
    for one in writers:
        letter(edition, one)
    ada, bruno, carla = (reader(edition, name) for name in ("Ada", "Bruno", "Carla"))
    letter(edition, ada)
    Profile.objects.update_or_create(person=writers[0], defaults={"employer": "Agenzia Però"})
    Profile.objects.update_or_create(person=ada, defaults={"employer": "AGENZIA PERO"})
    Profile.objects.update_or_create(person=writers[4], defaults={"employer": ""})
    Follow.objects.create(follower=writers[1], followed=ada, since=NOW)
    Follow.objects.create(follower=bruno, followed=writers[2], since=NOW)
    Block.objects.create(blocker=writers[3], blocked=carla, since=NOW)

    give_out_letters(edition, by=lidia, at=NOW)

    whose = dict(Letter.objects.values_list("paper", "application__person__name"))
    pairs = {(whose[paper], person) for paper, person in apart(edition, [ada, bruno, carla])}
    assert pairs == {
        ("Ada", ada.pk),
        ("Uno", ada.pk),
        ("Due", ada.pk),
        ("Tre", bruno.pk),
        ("Quattro", carla.pk),
    }
    met = set(Assignment.objects.values_list("paper", "reader"))
    assert not met & apart(edition, [ada, bruno, carla])
    assert len(met) == 12


def test_the_ranking_waits_until_every_letter_is_read(edition, test, reading, nives, lidia):
    sit(letter(edition, nives), test, 2)
    ada, bruno = reader(edition, "Ada"), reader(edition, "Bruno")
    assert "non sono ancora state date" in str(rules.places_stand(edition, NOW).reason)
    give_out_letters(edition, by=lidia, at=NOW)
    mark(ada, reading, 5)
    assert str(rules.places_stand(edition, NOW).reason).startswith("1 lettera non è ancora letta")
    with pytest.raises(Refused):
        actions.close_ranking(edition, by=lidia, at=NOW)
    mark(bruno, reading, 2, "Concreto.")
    assert rules.places_stand(edition, NOW)

    actions.close_ranking(edition, by=lidia, at=NOW)

    line = RankingLine.objects.get()
    assert (line.test_points, line.letter_points, line.points) == (Decimal(50), Decimal(70), Decimal(60))
    told = letter_read(line.application, NOW)
    assert sorted((read.marks[0][1], read.words) for read in told) == [(2, "Concreto."), (5, "")]


def test_the_letter_decides_between_equal_points(edition, test, reading, nives, other, lidia):
    Weights.objects.update(test=50, letter=50)
    for person, right in ((nives, 4), (other, 0)):
        sit(letter(edition, person), test, right)
    ada, bruno = reader(edition, "Ada"), reader(edition, "Bruno")
    give_out_letters(edition, by=lidia, at=NOW)
    papers = dict(Letter.objects.values_list("application__person", "paper"))
    for one in (ada, bruno):
        for assignment in own(reading, one):
            value = 0 if assignment.paper_id == papers[nives.pk] else 5
            marking.mark(assignment, {c.pk: value for c in reading.criteria.all()}, "", by=one, at=NOW)
        marking.close(reading, by=one, at=NOW)

    first, second = standings(edition, NOW).lines

    assert (first.points, second.points) == (Decimal(50), Decimal(50))
    assert (first.application.person, first.decided_by) == (other, "letter")
    assert set(letter_points(edition, NOW).values()) == {Decimal(0), Decimal(100)}


def test_who_wrote_nothing_has_nothing_written_as_every_other_figure(edition, test, reading, nives):
    sit(letter(edition, nives), test, 1)
    LetterAnswer.objects.all().delete()

    (line,) = standings(edition, NOW).lines

    assert (str(line.test_points), str(line.letter_points), str(line.points)) == ("25.000", "0.000", "12.500")


def test_weights_are_worked_out_to_a_thousandth():
    assert weighted(Decimal(80), Decimal(60), 50, 50) == Decimal("70.000")
    assert weighted(Decimal("33.333"), Decimal("66.667"), 70, 30) == Decimal("43.333")


def test_the_rules_say_how_letters_are_read_and_what_they_weigh(edition, reading):
    said = {rule.key: str(rule.words) for rule in rulebook.rules_of(edition)}
    assert said["reading"].startswith("Ogni lettera è letta da 2 persone")
    assert "5: cita una voce precisa" in said["reading.1"]
    assert "Chi ha 80 nella prova e 60 nella lettera ha 70." in said["weights"]
    Round.objects.all().delete()
    Weights.objects.all().delete()
    assert not {"reading", "weights"} & {rule.key for rule in rulebook.rules_of(edition)}


def test_a_stage_that_is_taken_in_later_begins_and_left_out_is_cleared(edition, lidia):
    add_phase(
        edition, Phase.Kind.READING, begins=BEGINS, ends=ENDS, reason="Si legge", by=lidia, at=CLOSES - DAY
    )
    assert Round.objects.get().criteria.count() == 4
    assert Weights.objects.get().letter == 50
    phase = Phase.objects.get(kind=Phase.Kind.READING)
    leave_out_phase(phase, reason="Non si legge", by=lidia, at=CLOSES - DAY)
    assert not Round.objects.exists()
    assert not Weights.objects.exists()


def test_a_reading_that_has_its_letters_is_not_left_out(edition, reading, nives, lidia):
    letter(edition, nives)
    for name in ("Ada", "Bruno"):
        reader(edition, name)
    give_out_letters(edition, by=lidia, at=CLOSES)
    phase = Phase.objects.get(edition=edition, kind=Phase.Kind.READING)

    with pytest.raises(Refused, match="lasciare fuori"):
        leave_out_phase(phase, reason="Non si legge", by=lidia, at=CLOSES)

    assert Paper.objects.count() == Letter.objects.count() == 1


def test_the_call_does_not_open_again_once_letters_are_read(edition, reading, nives, lidia):
    letter(edition, nives)
    for name in ("Ada", "Bruno"):
        reader(edition, name)
    call = Phase.objects.get(edition=edition, kind=Phase.Kind.CALL)
    give_out_letters(edition, by=lidia, at=CLOSES)

    later = CLOSES + 2 * DAY
    with pytest.raises(Refused, match="si stanno già leggendo"):
        extend_call(edition, ends=later, reason="Ancora", by=lidia, at=CLOSES + DAY)
    with pytest.raises(Refused, match="si stanno già leggendo"):
        move_phase(call, begins=call.begins, ends=later, reason="Ancora", by=lidia, at=CLOSES + DAY)
    assert Phase.objects.get(pk=call.pk).ends == CLOSES


def test_two_accounts_do_not_become_one_that_reads_itself(edition, reading, nives, lidia):
    ada, _bruno, old = reader(edition, "Ada"), reader(edition, "Bruno"), make_person("Ada.Vecchia")
    application = letter(edition, old)
    give_out_letters(edition, by=lidia, at=NOW)

    with pytest.raises(Refused, match="nessuno legge le proprie parole"):
        merging.merge(old, into=ada, by=ada, at=NOW)

    assert Application.objects.get(pk=application.pk).person == old
    Assignment.objects.filter(reader=ada).update(returned_at=NOW)
    merging.merge(old, into=ada, by=ada, at=NOW)
    assert Apart.objects.filter(paper=Paper.objects.get(), person=ada).exists()


def test_an_application_that_gives_way_takes_its_paper_along(edition, reading, nives, lidia):
    for name in ("Ada", "Bruno"):
        reader(edition, name)
    old = make_person("Nives.Vecchia")
    kept, gone = letter(edition, nives), letter(edition, old)
    Application.objects.filter(pk=gone.pk).update(withdrawn_at=CLOSES)
    give_out_letters(edition, by=lidia, at=NOW)
    assert Paper.objects.count() == 2

    merging.merge(old, into=nives, by=nives, at=NOW)

    assert Letter.objects.get().application == kept
    assert Paper.objects.get() == Letter.objects.get().paper


def test_what_was_read_stays_as_it_was_ranked(edition, test, reading, nives, lidia):
    sit(letter(edition, nives), test, 2)
    ada, bruno = reader(edition, "Ada"), reader(edition, "Bruno")
    give_out_letters(edition, by=lidia, at=NOW)
    for one in (ada, bruno):  # they mark everything, and never close
        for assignment in own(reading, one):
            marking.mark(assignment, {c.pk: 4 for c in reading.criteria.all()}, "", by=one, at=NOW)
    actions.close_ranking(edition, by=lidia, at=ENDS)
    Phase.objects.filter(edition=edition, kind=Phase.Kind.READING).update(ends=ENDS + DAY)

    fresh = Application.objects.get(person=nives)
    assert len(letter_read(fresh, ENDS)) == 2


def test_a_copy_has_the_criteria_and_no_paper(edition, reading, nives, lidia):
    letter(edition, nives)
    for name in ("Ada", "Bruno"):
        reader(edition, name)
    give_out_letters(edition, by=lidia, at=NOW)
    new = type(edition).objects.create(slug="quarta", number=4, title="IV", scope="s4", created_at=NOW)
    edition_parts.copy(edition, new, shift=DAY * 364, at=NOW)
    copied = reading_of(new)
    assert [one.words_it for one in copied.criteria.all()] == [one.words_it for one in reading.criteria.all()]
    assert copied.criteria.first().anchors.count() == 3
    assert (copied.papers.count(), copied.filled_at) == (0, None)


def test_whoever_is_erased_takes_what_was_read_with_them_and_sees_no_marks_before_the_ranking(
    edition, test, reading, nives, other, lidia
):
    for person in (nives, other):
        sit(letter(edition, person), test, 2)
    ada, bruno = reader(edition, "Ada"), reader(edition, "Bruno")
    give_out_letters(edition, by=lidia, at=NOW)
    for one in (ada, bruno):
        mark(one, reading, 4, "Concreto.")
    (before,) = privacy.export(nives)["admissions"]["letter"]
    assert before["read"] == []
    assert before["paper"][0]["written"] == "Ascolto mia nonna. 1"

    actions.close_ranking(edition, by=lidia, at=NOW)
    (after,) = privacy.export(nives)["admissions"]["letter"]
    assert [(one["words"], set(one["points"].values())) for one in after["read"]] == [("Concreto.", {4})] * 2

    privacy.erase(nives, NOW)
    assert Paper.objects.count() == Letter.objects.count() == 1
    assert own(reading, ada).count() == 1
    assert Letter.objects.get().application.person == other
