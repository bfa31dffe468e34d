"""A mail scanner opens every link of every mail before its reader does: nothing is used up, nothing changes."""

import hashlib
import re
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from tools.picturing import scenes

from sqcuola import people as room_of_people
from sqcuola.admissions import actions as admissions
from sqcuola.admissions import models
from sqcuola.admissions.models import Accommodation, Application, Offer
from sqcuola.config.world import demo
from sqcuola.desk import reminders
from sqcuola.editions import actions as editions
from sqcuola.editions.models import Clarification, Edition
from sqcuola.front.first_run import actions as first_run
from sqcuola.kernel import clock, working
from sqcuola.kernel.models import Outgoing
from sqcuola.notices import texts
from sqcuola.people import address, codes, copies, entering, erasure, links, mail, merging
from sqcuola.people.models import Purpose

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TEMPLATES = Path(room_of_people.__path__[0]) / "templates" / "people" / "mail"
LINK = re.compile(re.escape(settings.SITE_URL) + r"([^\s\"<>]*)")
SCANNER = {"user-agent": "Mail-Scanner/1.0"}


@pytest.fixture
def said(monkeypatch):
    """Note which texts and templates were put into words for a mail."""
    names = set()
    words_of, render = texts.words_of, mail.render_to_string

    def noted_words(text, *rest):
        names.add(text.key)
        return words_of(text, *rest)

    def noted_template(name, *rest, **more):
        names.add(Path(name).stem)
        return render(name, *rest, **more)

    monkeypatch.setattr(texts, "words_of", noted_words)
    monkeypatch.setattr(mail, "render_to_string", noted_template)
    return names


def everything_is_written(at):
    """Live what makes the house write: the demo with its scenes, then what neither of them has."""
    demo.build()
    scenes.build(at)
    _in_editions(at)
    _in_people(at)
    working.run_due(at)


def what_the_clock_says(at):
    """Let an offer go unanswered, the class begin, the daily mail leave."""
    clock.shift(later := 17 * DAY)
    working.run_schedule(at + later, {})
    working.run_due(at + later)
    clock.shift(timedelta())


def _in_editions(at):
    boss, opened = scenes.person("lidia"), Edition.objects.get(slug=scenes.OPEN)
    asked = Clarification.objects.filter(edition=opened, answered_at=None).first()
    editions.answer(asked, "Sì.", by=boss, at=at)
    keeper = scenes.person("bice")
    admissions.decide(Accommodation.objects.get(decided_at=None), percent=25, aids="", by=keeper, at=at)
    for test in models.Test.objects.all():
        admissions.remind(test, at=at)
    reminders.remind(opened.phases.get(kind="call").ends - HOUR)
    mafalda = scenes.person("mafalda")
    admissions.withdraw(Application.objects.get(edition=opened, person=mafalda), by=mafalda, at=at)
    ends = opened.phases.get(kind="call").ends + DAY
    editions.extend_call(opened, ends=ends, reason="Un guasto.", by=boss, at=at)
    running = Edition.objects.get(slug=scenes.RUNNING)
    editions.postpone(running, days=7, reason="Un guasto.", by=boss, at=at)
    editions.cancel(Edition.objects.get(pk=running.pk), reason="Un guasto.", by=boss, at=at)
    working.run_due(at)
    offer = Offer.objects.get(application__person=scenes.person(scenes.CALLED))
    admissions.decline(offer, by=offer.application.person, at=at)
    first_run.send_test_mail(by=scenes.person("ottavio"), at=at)


def _in_people(at):
    irene, guido = scenes.person("irene"), scenes.person("guido")
    codes.send(irene.email, purpose=Purpose.AGAIN, language="it", at=at)
    codes.send(irene.email, purpose=Purpose.MERGE, language="it", at=at)
    address.ask(irene, "irene.altrove@sqcuola.example", at=at)
    address.change(irene, to="irene.altrove@sqcuola.example", by=irene, at=at)
    made = links.create(irene, thing=("people:profile", {}), expires=at + DAY, at=at)
    links.renew(made.link, at=at)
    copies.ask(guido, by=guido, at=at)
    working.run_due(at)
    second = entering.find_or_create("guido.due@sqcuola.example", name="Guido", language="it", at=at)
    merging.merge(second, into=guido, by=guido, at=at)
    erasure.erase(scenes.person("walter"), by=scenes.person("walter"), at=at)


def found_links():
    """Return the addresses in all letters, each once, and the letters they stand in."""
    found = defaultdict(list)
    for letter in Outgoing.objects.all():
        for path in {path.rstrip(".,") for path in LINK.findall(f"{letter.text}\n{letter.html}")}:
            found[path.partition("#")[0] or "/"].append(letter.key)
    return found


def state():
    """Return a digest of every table of the house: what a request changes, it shows."""
    return {
        model._meta.label: hashlib.sha256(
            repr(list(model._base_manager.order_by("pk").values_list())).encode()
        ).hexdigest()
        for model in apps.get_models()
    }


def changed(before):
    return sorted(name for name, digest in state().items() if before[name] != digest)


def scan(path):
    """Open an address twice by GET and by HEAD, as somebody who is nobody; return the answers' statuses."""
    scanner = Client(headers=SCANNER)
    return [getattr(scanner, how)(path).status_code for how in ("get", "head", "get", "head")]


def scanned(found):
    """Scan all links; return what each was answered. Nothing changes, and nothing breaks."""
    before = state()
    answers = {path: scan(path) for path in found}
    assert changed(before) == []
    assert {path: told for path, told in answers.items() if max(told) >= 500 or 405 in told} == {}
    return answers


def test_a_scanner_uses_nothing_up(said):
    at = clock.now()
    everything_is_written(at)
    found = found_links()
    answers = scanned(found)
    secret = [path for path in found if path.startswith(("/l/", "/enter/link/")) and not over(path, at)]
    assert len(secret) >= 3  # a code to come in, an invitation, a link once more
    assert {path: answers[path] for path in secret if answers[path] != [200] * 4} == {}
    before = state()
    # Whom the links were for can still use each, once.
    assert {path: Client().post(path).status_code for path in secret} == dict.fromkeys(secret, 302)
    assert changed(before) != []
    assert [path for path in secret if not over(path, at)] == []

    what_the_clock_says(at)
    scanned(set(found_links()) - set(found))
    kinds = {text.key for text in texts.all_texts()} | {path.stem for path in TEMPLATES.glob("*.txt")}
    assert kinds - said == set()


def over(path, at):
    """Say whether a link's own time is over, or another took its place."""
    token = path.strip("/").rpartition("/")[2]
    if path.startswith("/l/"):
        return not links.alive(links.by_token(token), at)
    row = codes.by_token(token, Purpose.ENTER)
    return row is None or not codes.alive(row, at)


def test_the_comparison_finds_a_link_that_is_used(client):
    at = clock.now()
    irene = scenes.get_user_model().objects.create_user("irene@example.org", "Irene")
    made = links.create(irene, thing=("people:profile", {}), expires=at + DAY, at=at)
    path, before = made.url.removeprefix(settings.SITE_URL), state()

    assert scan(path) == [200] * 4
    assert changed(before) == []
    client.post(path)

    assert "people.Link" in changed(before)
