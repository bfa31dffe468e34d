"""What the rules of an edition say of its selection, in plain words; the numbers beside them are those the programs use."""

from collections.abc import Iterator
from decimal import Decimal

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.admissions.forms import MINIMUM_AGE
from sqcuola.admissions.models import CvItem, LetterQuestion
from sqcuola.admissions.queries.reading import reading_of, weights_of
from sqcuola.admissions.queries.scores import test_of
from sqcuola.admissions.queries.standing import weighted
from sqcuola.editions import zones
from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.queries import phase
from sqcuola.editions.rulebook import Rule, instant, register

ANSWER_HOURS = 72


def register_rules() -> None:
    """Write our rules into every edition's."""
    register("admissions", rules_of)


def rules_of(edition: Edition) -> Iterator[Rule]:
    """Say how people are chosen; nothing where they come by invitation."""
    if phase(edition, Phase.Kind.CALL) is None:
        return
    yield Rule(
        "age",
        _("Whoever is at least %(n)s years old on the day the call closes can apply.") % {"n": MINIMUM_AGE},
        {"years": MINIMUM_AGE},
    )
    yield from _letter(edition)
    yield from _cv(edition)
    yield from _test(edition)
    yield from _reading(edition)
    yield from _ties(edition)
    yield Rule(
        "offers",
        _(
            "Seats are offered in the order of the ranking. Who is offered one has %(hours)s hours to take it; after that, "
            "or when it is declined, it goes to the next by itself, until the class begins: then the waiting list is closed."
        )
        % {"hours": ANSWER_HOURS},
        {"hours": ANSWER_HOURS},
    )
    yield Rule(
        "public",
        _("Only the admitted are public, by name or by code as each chose. Everybody sees their own points."),
    )


def _ties(edition: Edition) -> Iterator[Rule]:
    if weights_of(edition) is None:
        yield Rule(
            "ties",
            _(
                "The ranking goes by the points of the test. Ties go by CV points, then by a lot that "
                "anyone can draw again: its seed is the end of the chain of acts on the day the call closes."
            ),
            {"chain": ["points", "cv", "lot"]},
        )
        return
    yield Rule(
        "ties",
        _(
            "Ties go by the points of the letter, then by CV points, then by a lot that anyone can draw again: "
            "its seed is the end of the chain of acts on the day the call closes."
        ),
        {"chain": ["points", "letter", "cv", "lot"]},
    )


def _reading(edition: Edition) -> Iterator[Rule]:
    """Say how letters are read and what they weigh, with an example one can work out."""
    round_, weights = reading_of(edition), weights_of(edition)
    if round_ is None or weights is None:
        return
    yield Rule(
        "reading",
        _(
            "%(each)s people read each letter, without knowing whose it is or what the others gave: names and addresses are "
            "covered. The points of a letter are the mean of theirs."
        )
        % {"each": round_.each},
        {"readers": round_.each},
    )
    for one in round_.rubric:
        anchors = " · ".join(f"{anchor.points}: {anchor.words}" for anchor in one.anchors.all())
        yield Rule(
            f"reading.{one.position}",
            _("The letter is read for this: %(words)s (0 to %(most)s points; %(anchors)s)")
            % {"words": one.words, "most": one.most, "anchors": anchors},
            {"most": one.most},
        )
    example = floatformat(weighted(Decimal(80), Decimal(60), weights.test, weights.letter), -1)
    yield Rule(
        "weights",
        _(
            "The ranking goes by test and letter, each from 0 to 100: the test weighs %(test)s%% and the letter %(letter)s%%. "
            "Who has 80 in the test and 60 in the letter has %(example)s."
        )
        % {"test": weights.test, "letter": weights.letter, "example": example},
        {"test": weights.test, "letter": weights.letter},
    )


def _letter(edition: Edition) -> Iterator[Rule]:
    questions = list(LetterQuestion.objects.filter(edition=edition))
    for question in questions:
        yield Rule(
            f"letter.{question.position}",
            _("Letter, question %(n)s: %(words)s (at most %(most)s characters)")
            % {"n": question.position, "words": question.words, "most": question.longest},
            {"characters": question.longest},
        )


def _cv(edition: Edition) -> Iterator[Rule]:
    for item in CvItem.objects.filter(edition=edition):
        yield Rule(
            f"cv.{item.position}",
            ngettext(
                "CV: %(words)s: %(each)s point each, %(most)s at most",
                "CV: %(words)s: %(each)s points each, %(most)s at most",
                1 if item.each == 1 else 2,
            )
            % {"words": item.words, "each": floatformat(item.each, -2), "most": floatformat(item.most, -2)},
            {"each": str(item.each), "most": str(item.most)},
        )


def _test(edition: Edition) -> Iterator[Rule]:
    test = test_of(edition)
    if test is None:
        return
    yield Rule(
        "test",
        _("The test takes %(minutes)s minutes and can be begun from %(begins)s to %(ends)s.")
        % {
            "minutes": test.minutes,
            "begins": zones.said(
                test.begins, edition.zone
            ),  # with the year: what is fingerprinted stays as it is
            "ends": zones.said(test.ends, edition.zone, is_end=True),
        },
        {"minutes": test.minutes, "begins": instant(test.begins), "ends": instant(test.ends)},
    )
