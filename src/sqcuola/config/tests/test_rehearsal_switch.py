"""A rehearsal's server opens its clock and its outbox to whoever holds the key, and to nobody else."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.test import RequestFactory

from sqcuola.config.rehearsal import mode, signing, switch
from sqcuola.kernel import acts, clock, outbox, working
from sqcuola.kernel.tests.test_chain import past_triggers
from sqcuola.questions.acts import BlueprintChanged

KEY = "a key for one rehearsal"


@pytest.fixture(autouse=True)
def rehearsal(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setenv("SQCUOLA_REHEARSAL_KEY", KEY)
    mode.begin(tmp_path)
    yield
    clock.follow(None)
    clock.shift(timedelta())


def ask(view, method, address, body=b"", key=KEY):
    signed = signing.signature(key, method, address, body)
    request = RequestFactory().generic(method, address, body, headers={signing.SIGNATURE: signed})
    return json.loads(view(request).content)


@pytest.mark.django_db
def test_the_clock_moves_for_all_who_follow_the_file():
    wanted = datetime(2027, 2, 8, 22, 59, 59, tzinfo=UTC)
    told = ask(switch.set_clock, "POST", "/rehearsal/clock/", json.dumps({"at": wanted.isoformat()}).encode())

    assert datetime.fromisoformat(told["at"]) - wanted < timedelta(seconds=2)
    assert clock.now() - wanted < timedelta(seconds=5)
    assert told["due"] > 0

    working.run_due(clock.now())
    assert ask(switch.set_clock, "GET", "/rehearsal/clock/")["due"] == 0


@pytest.mark.django_db
def test_the_outbox_is_read_from_a_number_on():
    letters = [
        outbox.put(key=f"k{n}", to=f"{n}@example.org", subject="Il tuo codice", text=f"{n}", at=clock.now())
        for n in range(3)
    ]
    address = f"/rehearsal/outbox/?after={letters[0].pk}"
    told = ask(switch.read_outbox, "GET", address)

    assert [row["text"] for row in told["letters"]] == ["1", "2"]
    assert told["letters"][0] == {
        "id": letters[1].pk,
        "to": "1@example.org",
        "subject": "Il tuo codice",
        "text": "1",
    }


@pytest.mark.django_db
def test_the_chain_of_acts_is_walked_and_a_break_is_told():
    for _time in range(2):
        acts.record(BlueprintChanged(blueprint=1, questions=2), by=acts.SYSTEM, at=clock.now())
    assert ask(switch.verify_acts, "GET", "/rehearsal/acts/") == {"acts": 2, "broken": ""}

    past_triggers("UPDATE kernel_act SET verb = 'other' WHERE seq = 2")
    assert ask(switch.verify_acts, "GET", "/rehearsal/acts/")["broken"].startswith("act 2: ")


@pytest.mark.parametrize(
    ("view", "address"),
    [
        (switch.set_clock, "/rehearsal/clock/"),
        (switch.read_outbox, "/rehearsal/outbox/"),
        (switch.verify_acts, "/rehearsal/acts/"),
    ],
)
def test_without_the_right_signature_there_is_nothing_there(view, address):
    with pytest.raises(Http404):
        ask(view, "GET", address, key="another key")


def test_a_signature_is_for_one_address_and_one_body():
    signed = signing.signature(KEY, "POST", "/rehearsal/clock/", b"{}")

    assert signed != signing.signature(KEY, "POST", "/rehearsal/outbox/", b"{}")
    assert signed != signing.signature(KEY, "POST", "/rehearsal/clock/", b"[]")


def test_without_a_key_nobody_holds_it(monkeypatch):
    monkeypatch.delenv("SQCUOLA_REHEARSAL_KEY")
    with pytest.raises(Http404):
        ask(switch.set_clock, "GET", "/rehearsal/clock/", key="")


LOOK = """
from sqcuola.config import starting
starting.prepare()
from django.conf import settings
from django.test import Client
browser = Client(headers={"host": "127.0.0.1", "accept-language": "en"})
for path in ("/", "/enter/", "/style/", "/nothing-here/"):
    print(browser.get(path).content.decode().count("This is a rehearsal:"))
print(settings.PASSWORD_HASHERS)
"""


def test_every_page_of_a_rehearsal_says_so_and_its_passwords_cost_nothing(tmp_path):
    env = {"PATH": os.environ["PATH"], "SQCUOLA_HOME": str(tmp_path), "SQCUOLA_MODE": "development",
           "SQCUOLA_REHEARSAL": "1", "DJANGO_SETTINGS_MODULE": "sqcuola.config.settings"}  # fmt: skip
    looked = subprocess.run(
        [sys.executable, "-c", LOOK], env=env, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert looked.stdout == f"1\n1\n1\n1\n['{mode.CHEAP_HASHER}']\n", looked.stderr


def test_a_real_school_does_not_start_as_a_rehearsal():
    with pytest.raises(ImproperlyConfigured, match="does not start"):
        mode.refuse_in_production("production", rehearsal=True)
    mode.refuse_in_production("production", rehearsal=False)
    mode.refuse_in_production("demo", rehearsal=True)


def test_a_signature_of_other_letters_is_one_that_does_not_fit(rf):
    with pytest.raises(Http404):
        switch.set_clock(rf.get("/rehearsal/clock/", headers={signing.SIGNATURE: "è" * 64}))
