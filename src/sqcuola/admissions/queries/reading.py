"""Letters as papers: what goes along, who must not read whose, what each came to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from sqcuola.admissions.covering import covered
from sqcuola.admissions.models import Application, Letter, LetterAnswer, Weights
from sqcuola.admissions.queries.scores import OWNER
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.kernel.text import fold
from sqcuola.kernel.verdicts import Verdict
from sqcuola.marking.models import Criterion, Round
from sqcuola.marking.queries import Progress, Read, points_of, progress, read_by, readers, round_of
from sqcuola.people.models import Block, Follow, Person, Profile


def reading_of(edition: Edition) -> Round | None:
    """Return the round in which an edition's letters are read, if they are."""
    return round_of(OWNER, edition)


def weights_of(edition: Edition) -> Weights | None:
    """Return what test and letter weigh; None where the test decides alone."""
    return Weights.objects.filter(edition=edition).first()


def bodies(edition: Edition) -> list[tuple[Application, list[dict[str, str]]]]:
    """Return what is read of each letter that was handed in, in the order of the codes: the questions, and the words alone.

    Also of who withdrew: a paper that is missing would say whose it was.
    """
    written: dict[int, list[LetterAnswer]] = defaultdict(list)
    answers = LetterAnswer.objects.filter(application__edition=edition).select_related("question")
    for answer in answers.order_by("question__position"):
        written[answer.application_id].append(answer)
    handed_in = Application.objects.filter(edition=edition, pk__in=written).select_related("person")
    return [
        (one, [_part(answer, one.person) for answer in written[one.pk]]) for one in handed_in.order_by("code")
    ]


def letters_in(edition: Edition) -> int:
    """Count the letters that were handed in."""
    written = LetterAnswer.objects.filter(application__edition=edition)
    return written.values("application").distinct().count()


def _part(answer: LetterAnswer, person: Person) -> dict[str, str]:
    question = answer.question
    return {
        "asked_it": question.words_it,
        "asked_en": question.words_en,
        "written": covered(answer.words, person),
    }


def apart(edition: Edition, readers: Sequence[Person]) -> set[tuple[int, int]]:
    """Return which papers must not come to which readers, as pairs (paper, person); why does not go along.

    Somebody's own letter; letters of who is with the same employer or school, follows them or is followed, blocked or was blocked.
    """
    letters = dict(
        Letter.objects.filter(application__edition=edition).values_list("application__person", "paper")
    )
    found = {(letters[one.pk], one.pk) for one in readers if one.pk in letters}
    for one, other in _near(readers):
        if one in letters:
            found.add((letters[one], other))
    places = _employers([*letters, *(one.pk for one in readers)])
    found |= {
        (paper, reader.pk)
        for person, paper in letters.items()
        for reader in readers
        if places.get(person) and places.get(person) == places.get(reader.pk)
    }
    return found


def _near(readers: Sequence[Person]) -> set[tuple[int, int]]:
    """Return pairs of somebody and a reader who follow or block one another, whoever began."""
    here = {one.pk for one in readers}
    follows = Follow.objects.filter(Q(follower__in=here) | Q(followed__in=here)).values_list(
        "follower", "followed"
    )
    blocks = Block.objects.filter(Q(blocker__in=here) | Q(blocked__in=here)).values_list("blocker", "blocked")
    both = {*follows, *blocks}
    both |= {(other, one) for one, other in both}
    return {(one, other) for one, other in both if other in here}


def _employers(people: Sequence[int]) -> dict[int, str]:
    named = Profile.objects.filter(person__in=people).exclude(employer="")
    return {person: fold(employer).strip() for person, employer in named.values_list("person", "employer")}


def criterion_of(_person: Person | None, slug: str, number: int) -> Criterion:
    """Load one criterion of the reading of an edition; the view's rule says whether it exists for the person."""
    edition = by_slug(_person, slug)
    round_ = reading_of(edition)
    found = Criterion.objects.get(round=round_, pk=number)
    found.round.edition = edition
    return found


def letter_points(edition: Edition, at: datetime) -> dict[int, Decimal]:
    """Return the points of each letter that was read, 0 to 100, by application."""
    round_ = reading_of(edition)
    if round_ is None:
        return {}
    points = points_of(round_, at)
    letters = Letter.objects.filter(paper__in=points).values_list("application", "paper")
    return {application: points[paper] for application, paper in letters}


def letter_read(application: Application, at: datetime) -> list[Read]:
    """Return what those who read somebody's letter gave and wrote, as it counted at an instant."""
    letter = Letter.objects.filter(application=application).first()
    round_ = reading_of(application.edition) if letter else None
    return read_by(letter.paper_id, round_, at) if letter and round_ else []


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """How far the reading of an edition's letters is, and whether they can be given out now."""

    round: Round
    weights: Weights | None
    criteria: list[Criterion]
    progress: Progress
    give: Verdict
    change: Verdict
    letters: int  # that were handed in, as long as they are no papers yet


def reading_page(edition: Edition, give: Verdict, change: Verdict, at: datetime) -> ReadingPage:
    """Gather the page of who coordinates: figures and names of readers, nothing of what is read."""
    round_ = reading_of(edition)
    if round_ is None:
        raise Round.DoesNotExist
    return ReadingPage(
        round=round_,
        weights=weights_of(edition),
        criteria=round_.rubric,
        progress=progress(round_, readers(edition, at), at),
        give=give,
        change=change,
        letters=0 if round_.filled_at else letters_in(edition),
    )
