"""Letters of the edition of the tests, and who reads them."""

from datetime import timedelta

from sqcuola.admissions.models import Application, LetterAnswer, LetterQuestion
from sqcuola.admissions.tests.conftest import CLOSES, make_person
from sqcuola.editions.models import Role

DAY = timedelta(days=1)
BEGINS, ENDS = CLOSES + 13 * DAY, CLOSES + 20 * DAY
NOW = BEGINS + DAY


def reader(edition, name):
    person = make_person(name)
    Role.objects.create(edition=edition, person=person, kind=Role.Kind.READER, begins=CLOSES - DAY)
    return person


def letter(edition, person, words="Ascolto mia nonna."):
    application = Application.objects.create(
        edition=edition,
        person=person,
        code=f"C{person.pk:05}"[-6:],
        test_code=f"T{person.pk:09}"[-10:],
        started_at=CLOSES - DAY,
        submitted_at=CLOSES - timedelta(hours=1),
        digest="1" * 64,
    )
    for question in LetterQuestion.objects.filter(edition=edition):
        LetterAnswer.objects.create(
            application=application, question=question, words=f"{words} {question.position}"
        )
    return application
