"""A copy of everything about me, and an erased person who is found nowhere."""

import json
import re
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models
from django.test import Client
from tests import uploads
from tests.pages import assert_page

from sqcuola.kernel import acts, clock, privacy
from sqcuola.kernel.models import Act, Outgoing
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.people import (
    actions,
    address,
    copies,
    entering,
    erasure,
    evidence,
    links,
    merging,
    rescue,
    takedowns,
)
from sqcuola.people.models import Export, Person, TakeDown
from sqcuola.people.tests.conftest import come_in, newest_mail, outbox, picture

pytestmark = pytest.mark.django_db
CANARY = "Zenobia"


@pytest.fixture(autouse=True)
def own_home(own_uploads):
    """Keep copies and files in a folder of the test's own."""


@pytest.fixture
def zenobia(client, nives):
    """Someone who left a trace in every table of the room, her name in every word."""
    at = clock.now()
    her = entering.create_person("zenobia@canary.example", name=f"{CANARY} Canary", language="it", at=at)
    actions.change_profile(
        her,
        name=f"{CANARY} Canary",
        facts={field: f"{CANARY} {field}" for field in actions.PROFILE_FIELDS},
        competences=["video"],
        by=her,
        at=at,
    )
    actions.choose_privacy(her, audiences={"name": "world"}, by=her, at=at)
    actions.give_consent(her, purpose="video", by=her, at=at)
    actions.follow(nives, by=her, at=at)
    actions.follow(her, by=nives, at=at)
    evidence.add(her, kind="brief", title=f"{CANARY}’s brief", url="/zenobia/", day=at.date())
    links.make(her, thing=("people:page", {"handle": her.handle}), expires=at + copies.LASTS)
    Person.objects.create_user("head@example.org", "Head", is_administrator=True)
    rescue.ask(her, at=at)
    address.change(her, to="zenobia.new@canary.example", by=her, at=at)
    actions.give_portrait(her, picture("zenobia.png"), by=her, at=at)
    acts.code_of(her, "house")
    come_in(client, her.email)
    Authenticator.objects.create(user=her, type="webauthn", data={"name": f"{CANARY}’s phone"})
    export = copies.ask(her, by=her, at=at)
    copies.build.function(export.pk)
    return her


def traces(word):
    """Walk every text of every table, and every file name below the home; say where the word stands."""
    found = []
    for model in apps.get_models():
        manager = model._meta.base_manager
        for row in manager.all():
            for field in model._meta.concrete_fields:
                value = field.value_from_object(row)
                if word.lower() in str(value).lower():
                    found.append(f"{model._meta.label}.{field.name}: {value}"[:120])
    return found


def test_before_she_stands_in_many_places_and_after_in_none(client, zenobia, settings):
    told = {trace.split(":")[0].rpartition(".")[0] for trace in traces("zenobia")}
    assert {
        "people.Person",
        "people.Profile",
        "people.Evidence",
        "kernel.Outgoing",
        "mfa.Authenticator",
    } <= told
    assert uploads.copies()

    erasure.erase(zenobia, by=zenobia, at=clock.now())
    Outgoing.objects.update(state=Outgoing.State.SENT, sent_at=clock.now())
    erasure.forget_last_letters()

    assert traces("zenobia") == []
    assert traces("canary") == []
    assert uploads.copies() == []
    assert client.get("/me/").status_code == 302
    assert acts.verify() is None


def test_what_points_to_her_is_gone_but_her_number_stays(zenobia):
    erasure.erase(zenobia, by=zenobia, at=clock.now())

    shell = Person.objects.get(pk=zenobia.pk)
    assert (shell.name, shell.handle, shell.is_active) == ("", None, False)
    pointing = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is Person
        and model._meta.base_manager.filter(**{field.name: zenobia.pk}).exists()
    }
    assert pointing == set()


def test_the_act_says_that_somebody_was_erased_and_not_who(zenobia):
    erasure.erase(zenobia, by=zenobia, at=clock.now())

    act = Act.objects.get(verb="person-erased")
    assert (act.actor_code, act.subject_code) == ("", "")


def test_through_the_pages_it_is_said_and_asked_once(client, zenobia):
    source = assert_page(client.get("/me/data/erase/"))
    assert 'name="sure"' in source
    assert_page(client.post("/me/data/erase/"))
    assert Person.objects.get(pk=zenobia.pk).erased_at is None

    answer = client.post("/me/data/erase/", {"sure": "on"})

    assert answer.url == "/erased/"
    assert Person.objects.get(pk=zenobia.pk).erased_at is not None
    assert_page(client.get("/erased/"))
    assert newest_mail().to == "zenobia.new@canary.example"


def test_an_address_that_was_named_and_never_proved_is_forgotten_too(client, zenobia):
    client.post("/me/address/", {"email": "named@zenobia.example"})
    client.post("/me/join/", {"email": "other@zenobia.example"})
    assert {message.to for message in outbox()} >= {"named@zenobia.example", "other@zenobia.example"}

    erasure.erase(zenobia, by=zenobia, at=clock.now())

    assert traces("zenobia.example") == []


def test_nobody_erases_another(zenobia, nives):
    with pytest.raises(Missing):
        erasure.erase(zenobia, by=nives, at=clock.now())


def test_the_last_who_runs_the_house_hands_it_over_first(nives):
    nives.is_administrator = True
    nives.save()

    with pytest.raises(Refused):
        erasure.erase(nives, by=nives, at=clock.now())


def test_who_comes_back_begins_anew(client, zenobia):
    email = zenobia.email
    erasure.erase(zenobia, by=zenobia, at=clock.now())

    answer = come_in(Client(), email)

    assert answer.url == "/enter/name/"


def test_a_restored_copy_is_cleaned_by_the_list(zenobia, nives):
    before = Person.objects.filter(pk=zenobia.pk).values().get()
    erasure.erase(zenobia, by=zenobia, at=clock.now())
    assert not re.search("zenobia|canary", str(list(TakeDown.objects.values())))

    # The backup of yesterday comes back.
    before.pop("id")
    Person.objects.filter(pk=zenobia.pk).update(**before)
    assert takedowns.apply(clock.now()) == 1

    assert traces("zenobia") == []
    assert Person.objects.get(pk=nives.pk).erased_at is None
    assert takedowns.apply(clock.now()) == 0


def test_a_copy_made_before_two_accounts_became_one_brings_neither_back(zenobia, nives):
    other = Person.objects.create_user("zoe@canary.example", f"{CANARY} as she was", handle="zoe-canary")
    older = Person.objects.filter(pk=other.pk).values().get()
    merging.merge(other, into=zenobia, by=zenobia, at=clock.now())
    erasure.erase(zenobia, by=zenobia, at=clock.now())

    Person.objects.create(**older)
    assert takedowns.apply(clock.now()) == 1

    assert [trace for trace in traces("zoe") if "Outgoing" not in trace] == []
    assert Person.objects.get(pk=nives.pk).erased_at is None


class TestACopy:
    def test_it_holds_everything_and_only_hers(self, client, zenobia, nives):
        export = Export.objects.get()
        with copies.opened(export) as whole, zipfile.ZipFile(whole) as archive:
            names = archive.namelist()
            mine = json.loads(archive.read("people.json"))
            readme = archive.read("README.txt").decode()

        assert {"README.txt", "people.json"} <= set(names)
        assert [name for name in names if name.endswith("-zenobia.png")]
        assert mine["person"][0]["email"] == zenobia.email
        assert mine["profile"][0]["town"] == f"{CANARY} town"
        assert CANARY in readme
        assert nives.email not in json.dumps(mine)
        assert zenobia.mark not in json.dumps(mine)

    def test_its_owner_alone_gets_it_for_a_week(self, client, zenobia, tancredi, later):
        export = Export.objects.get()
        url = f"/me/data/copy/{export.pk}/"
        assert url in assert_page(client.get("/me/data/"))
        got = client.get(url)
        assert got["Content-Type"] == "application/zip"
        assert b"".join(got.streaming_content)[:2] == b"PK"

        stranger = Client()
        come_in(stranger, tancredi.email)
        assert stranger.get(url).status_code == 404

        copies.forget(export.expires - copies.timedelta(seconds=1))
        assert Export.objects.exists()
        copies.forget(export.expires)
        assert not Export.objects.exists()
        assert uploads.copies() == []

    def test_hours_later_what_is_kept_is_read_at_once_and_a_copy_asks_who_one_is(
        self, client, zenobia, later
    ):
        later(hours=3)
        asked = Export.objects.count()

        assert "Che cosa teniamo di te" in assert_page(client.get("/me/data/"))
        assert client.post("/me/data/").url == "/enter/again/?next=%2Fme%2Fdata%2F"
        assert Export.objects.count() == asked
        assert client.get(f"/me/data/copy/{Export.objects.first().pk}/").status_code == 302

    def test_asked_by_the_page_one_at_a_time_and_three_a_day(self, client, zenobia):
        for number in range(1, 4):
            client.post("/me/data/")
            client.post("/me/data/")
            assert Export.objects.filter(ready_at=None).count() == (1 if number < 3 else 0)
            for export in Export.objects.filter(ready_at=None):
                copies.build.function(export.pk)

        assert Export.objects.count() == 3

    def test_building_twice_makes_one(self, zenobia):
        export = Export.objects.get()
        copies.build.function(export.pk)

        assert len(uploads.copies()) == 1

    def test_one_that_nobody_was_told_of_goes_after_a_day(self, zenobia):
        at = clock.now()
        storages["copies"].save("left.zip", ContentFile(b"everything about Zenobia"))  # its worker was killed
        export = Export.objects.get()

        copies.forget(at + copies.timedelta(hours=1))
        assert "left.zip" in uploads.copies()

        copies.forget(at + copies.timedelta(days=2))
        export.refresh_from_db()
        assert uploads.copies() == [export.name]

    def test_an_erased_person_gets_none(self, zenobia):
        waiting = Export.objects.create(person=zenobia, asked_at=clock.now())
        number = waiting.pk
        erasure.erase(zenobia, by=zenobia, at=clock.now())

        copies.build.function(number)

        assert not Export.objects.exists()


def test_every_model_of_this_room_stands_in_the_register():
    silent = privacy.without_entry(apps.get_models())
    ours = ("people", "account", "mfa", "sessions", "admin")

    assert [name for name in silent if name.startswith(ours)] == []


def test_the_page_of_what_is_kept_speaks_to_the_person_and_of_no_empty_table(client, zenobia):
    html = assert_page(client.get("/me/data/"))
    assert "ci hai chiesto di fare" in html
    assert "resta vuota" not in html
    assert "stays empty" not in html


def test_what_is_kept_is_told_by_topic_with_how_many_things_there_are(client, zenobia):
    html = assert_page(client.get("/me/data/"))
    topics = re.findall(r"<summary>([^<]+)</summary>", html)
    empty = [topic.endswith(": adesso niente su di te") for topic in topics]

    assert topics[0].startswith("Persone e modi di entrare: ")
    assert 5 <= len(topics) <= 12
    assert any(empty)
    assert empty == sorted(empty)
