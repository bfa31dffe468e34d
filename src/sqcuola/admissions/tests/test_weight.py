"""On a poor line: every page of an application and of its test, full of words and files, is under 60 kB."""

import random
from datetime import timedelta

import pytest
from django.http import HttpResponse
from tests.pages import assert_page
from tests.weight import POOR_LINE, named, weight

from sqcuola.admissions import actions, edition_parts
from sqcuola.admissions.models import Accommodation, ApplicationFile, CvItem, Draft, LetterQuestion, Place
from sqcuola.admissions.tests.conftest import CLOSES, NOW
from sqcuola.admissions.tests.test_files import PDF, pdf
from sqcuola.questions.models import Attempt, BlueprintLine, Option, Question

APPLY = "/e/terza/apply/"
chance = random.Random(7)


def words(length):
    """Text that packs no better than a person's."""
    written = ""
    while len(written) < length:
        written += "".join(chance.choices("aeiouaeiolnrtscdpm", k=chance.randint(2, 9))) + " "
    return written[:length]


def typed_in_full(edition):
    """Every field of what an edition asks by default, as long as it may be."""
    letter = LetterQuestion.objects.filter(edition=edition)
    items = CvItem.objects.filter(edition=edition)
    return {
        "about": {
            "name": words(60),
            "born": "1990-05-17",
            "town": words(60),
            "region": "Lombardia",
            "employer": words(100),
            "channel": "friend",
        },
        "letter": {f"answer_{question.pk}": words(question.longest) for question in letter},
        "cv": {f"number_{item.pk}": "4" for item in items}
        | {f"evidence_{item.pk}": words(900) for item in items},
        "help": {"wanted_percent": "25", "wanted": words(900)},
        "consents": {"shown_as": "name", "rules": "on", "privacy": "on"},
    }


@pytest.fixture
def application(edition, nives, own_uploads):
    LetterQuestion.objects.all().delete()
    CvItem.objects.all().delete()
    list(edition_parts.defaults(edition, None, NOW))
    application = actions.begin(edition, by=nives, at=NOW)
    for section, typed in typed_in_full(edition).items():
        actions.save_section(application, section, typed, version=0, by=nives, at=NOW)
    for item in [*CvItem.objects.all(), None]:
        for number in range(5):
            sent = pdf(f"{words(100)}.pdf", PDF + f"{item}{number}".encode())
            actions.add_file(Place(application, item), sent, by=nives, at=NOW)
    return application


def light(browser, path):
    answer = browser.get(path)
    assert_page(answer)
    return path, weight(browser, answer)


def test_every_page_of_an_application_is_light(browser, application, nives):
    paths = [f"{APPLY}{section}/" for section in Draft.Section]
    weights = dict(light(browser, path) for path in [*paths, APPLY, f"{APPLY}check/", f"{APPLY}withdraw/"])
    actions.submit(application, by=nives, at=NOW)
    weights["handed in"] = light(browser, APPLY)[1]
    weights["test"] = light(browser, "/e/terza/test/")[1]

    assert len(weights) == 10
    assert ApplicationFile.objects.count() == 30
    assert Accommodation.objects.exists()
    assert {path: found for path, found in weights.items() if found >= POOR_LINE} == {}


def test_the_first_page_is_light(browser, edition):
    assert light(browser, APPLY)[1] < POOR_LINE


def test_every_page_of_a_test_is_light(browser, application, nives, test, clock_at):
    actions.submit(application, by=nives, at=NOW)
    line = BlueprintLine.objects.get()
    for number in range(20):
        question = Question.objects.create(
            bank=line.bank,
            kind="single",
            text=words(600),
            points=1,
            digest=f"{number:064}",
            added_at=NOW - timedelta(days=1),
        )
        for position in range(5):
            Option.objects.create(question=question, position=position, text=words(150), share=position == 0)
    BlueprintLine.objects.update(count=20)
    test.begins = CLOSES
    test.save()
    clock_at(CLOSES + timedelta(hours=1))
    weights = {"before": light(browser, "/e/terza/test/")[1], "code": light(browser, "/test/")[1]}
    application.refresh_from_db()
    code = application.test_code
    weights["begin"] = light(browser, f"/test/{code}/")[1]
    browser.post(f"/test/{code}/")
    assert Attempt.objects.get().questions.count() == 20
    for path in ("1/", "all/", "hand-in/"):
        weights[path] = light(browser, f"/test/{code}/{path}")[1]

    assert {path: found for path, found in weights.items() if found >= POOR_LINE} == {}


def test_the_scales_can_tell(browser, edition):
    answer = browser.get(APPLY)
    known = weight(browser, answer)
    sheets = named(answer.content.decode())
    assert len(sheets) >= 2
    heavy = HttpResponse(answer.content.decode().replace("</main>", words(200_000) + "</main>"))

    assert known < POOR_LINE < weight(browser, heavy)
