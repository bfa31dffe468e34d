"""Lets invented people do what real ones do, by the same actions and at the instants they would have done it."""

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqcuola.admissions import actions, queries
from sqcuola.admissions.models import Application, CvItem, Draft, LetterQuestion, Test
from sqcuola.config.world.cast import Character
from sqcuola.config.world.letters import ANSWERS, EVIDENCE
from sqcuola.editions.models import Edition
from sqcuola.people import actions as people
from sqcuola.people.entering import find_or_create
from sqcuola.people.models import Person
from sqcuola.questions.actions.answering import save_answer
from sqcuola.questions.actions.ending import hand_in
from sqcuola.questions.actions.starting import start
from sqcuola.questions.models import AttemptQuestion, Option, Question

CHANNELS = list(Application.Channel.values)
MINUTE = timedelta(minutes=1)


def person(character: Character, at: datetime) -> Person:
    """Return the person a character is, with their profile."""
    one = find_or_create(character.mail, name=character.name, language=character.language, at=at)
    people.change_profile(
        one,
        name=character.name,
        facts={
            "town": character.town,
            "region": character.region,
            "employer": character.employer,
            "sentence": character.sentence,
        },
        competences=character.competences,
        by=one,
        at=at,
    )
    people.choose_privacy(one, audiences={"town": "world", "sentence": "world"}, by=one, at=at)
    return one


def typed(edition: Edition, character: Character, number: int) -> dict[str, dict[str, str]]:
    """Return what somebody types into each section of an application."""
    letter = ANSWERS[number % len(ANSWERS)]
    questions = LetterQuestion.objects.filter(edition=edition)
    born = date(1972 + number * 7 % 32, 1 + number % 12, 1 + number * 5 % 28)
    return {
        Draft.Section.ABOUT: {
            "name": character.name,
            "born": born.isoformat(),
            "town": character.town,
            "region": character.region,
            "employer": character.employer,
            "channel": CHANNELS[number % len(CHANNELS)],
        },
        Draft.Section.LETTER: {
            f"answer_{question.pk}": letter[place % len(letter)] for place, question in enumerate(questions)
        },
        Draft.Section.CV: _done_before(edition, number),
        Draft.Section.HELP: {"wanted_percent": "0", "wanted": ""},
        Draft.Section.CONSENTS: {"shown_as": "name", "rules": "on", "privacy": "on"},
    }


def _done_before(edition: Edition, number: int) -> dict[str, str]:
    """Return what somebody claims to have done, item by item, and where one can see it."""
    words: dict[str, str] = {}
    for place, item in enumerate(CvItem.objects.filter(edition=edition)):
        done = (number * (place + 2) + place) % 4
        words[f"number_{item.pk}"] = str(done)
        words[f"evidence_{item.pk}"] = EVIDENCE[(number + place) % len(EVIDENCE)] if done else ""
    return words


def apply(
    edition: Edition,
    character: Character,
    one: Person,
    at: datetime,
    *,
    number: int,
    upto: int = 5,
    submit: bool = True,
) -> Application:
    """Begin an application, type its first sections (`upto`), and hand it in a day later if `submit`."""
    application = actions.begin(edition, by=one, at=at)
    words = typed(edition, character, number)
    for place, section in enumerate(queries.sections_of(edition)[:upto]):
        draft = queries.drafts_of(application).get(section)
        actions.save_section(
            application,
            section,
            words.get(section, {}),
            version=draft.version if draft else 0,
            page="",
            by=one,
            at=at + (place + 1) * 4 * MINUTE,
        )
    if submit:
        actions.submit(application, by=one, at=at + timedelta(hours=20))
    return application


def take_test(test: Test, one: Person, at: datetime, *, knows: float, seed: int) -> None:
    """Take a test: the share `knows` of the questions is answered rightly, one every forty seconds."""
    rng = random.Random(seed)  # noqa: S311 - invented people
    code = Application.objects.get(edition=test.edition, person=one).test_code
    attempt = start(
        test.blueprint,
        one,
        at=at,
        by=one,
        minutes=test.minutes,
        owner="admissions",
        thing=test.pk,
        scope=test.edition.scope,
        code=code,
    )
    asked = list(AttemptQuestion.objects.filter(attempt=attempt).select_related("question").order_by("place"))
    right = _right(question.question for question in asked)
    known = set(rng.sample(range(1, len(asked) + 1), round(knows * len(asked))))
    for seq, item in enumerate(asked, start=1):
        good, wrong = right[item.question_id]
        at += timedelta(seconds=20 + rng.random() * 40)
        chosen = good if seq in known or not wrong else rng.choice(wrong)
        save_answer(
            attempt,
            device="phone",
            seq=seq,
            question=item.question_id,
            value=str(chosen),
            given=at,
            by=one,
            at=at,
        )
    hand_in(attempt, device="phone", seq=len(asked) + 1, by=one, at=at + MINUTE)


def _right(questions: Iterable[Question]) -> dict[int, tuple[int, list[int]]]:
    """Return, for each question of one right answer, the right option and the wrong ones."""
    found: dict[int, tuple[int, list[int]]] = {}
    options = Option.objects.filter(question__in=[question.pk for question in questions]).order_by("pk")
    for option in options:
        good, wrong = found.get(option.question_id, (0, []))
        if option.share > 0:
            good = option.pk
        else:
            wrong = [*wrong, option.pk]
        found[option.question_id] = (good, wrong)
    return found
