"""Who one is here, and who may read which line of it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.pages import assert_page

from sqcuola.kernel import acts, clock, privacy
from sqcuola.kernel.files.taking import prepare
from sqcuola.kernel.models import Act, StoredFile
from sqcuola.kernel.verdicts import Missing
from sqcuola.people import actions, circles, consents, entering, evidence, queries
from sqcuola.people.models import Block, Competence, Consent, Follow, Person
from sqcuola.people.tests.conftest import picture
from sqcuola.ui import dates

pytestmark = pytest.mark.django_db
FACTS = {"town": "Parma", "region": "Emilia-Romagna", "employer": "Molino Bassi", "sentence": "Ascolto."}


@pytest.fixture
def circle(monkeypatch):
    """Say who is a member and who shares a class, as the rooms above would."""
    state = circles.Circles(is_member=lambda _person: False, classmates=lambda _person, _ids: set())
    monkeypatch.setattr(circles, "_circles", state)
    return state


@pytest.fixture
def pia(db):
    pia = entering.create_person("pia@example.org", name="Pia Bassi", language="it", at=clock.now())
    actions.change_profile(
        pia, name="Pia Bassi", facts=FACTS, competences=["Titoli", "video"], by=pia, at=clock.now()
    )
    return pia


def open_to(person, audience, *fields):
    chosen = {field.value: audience if field.value in fields else "nobody" for field in queries.Field}
    actions.choose_privacy(person, audiences=chosen, by=person, at=clock.now())


def test_at_first_only_the_class_reads(pia, nives, circle):
    assert queries.seen([pia], None) == []
    assert queries.seen([pia], nives) == []
    circle.is_member = lambda _person: True
    assert queries.seen([pia], nives) == []
    circle.classmates = lambda _person, ids: set(ids)

    found = queries.seen([pia], nives)[0]

    assert (found.name, found.place, found.employer) == ("Pia Bassi", "Parma, Emilia-Romagna", "Molino Bassi")
    assert found.competences == ("Titoli", "video")


@pytest.mark.parametrize("field", [field.value for field in queries.Field if field.value != "portrait"])
def test_a_field_closed_to_somebody_is_not_in_what_they_get(field, pia, nives, circle):
    circle.classmates = lambda _person, ids: set(ids)
    open_to(pia, "class", *[each.value for each in queries.Field])
    secret = {"name": "Pia Bassi", "competences": "Titoli", **FACTS}[field]
    assert secret in str(queries.seen([pia], nives))

    open_to(pia, "class", *[each.value for each in queries.Field if each.value != field])

    assert secret not in str(queries.seen([pia], nives)).replace("pia-bassi", "")


@pytest.mark.parametrize(
    ("audience", "world", "member", "mate"),
    [
        ("world", True, True, True),
        ("members", False, True, True),
        ("class", False, False, True),
        ("nobody", False, False, False),
    ],
)
def test_each_audience_holds_the_narrower_ones(audience, world, member, mate, pia, nives, tancredi, circle):
    open_to(pia, audience, "name")
    assert bool(queries.seen([pia], None)) is world
    assert bool(queries.seen([pia], nives)) is world
    circle.is_member = lambda _person: True
    assert bool(queries.seen([pia], nives)) is member
    circle.classmates = lambda _person, ids: set(ids)
    assert bool(queries.seen([pia], tancredi)) is mate
    assert queries.seen([pia], pia)


def test_a_page_that_one_may_not_see_is_missing(client, pia, nives, circle):
    missing = client.get("/people/nobody-at-all/")
    hidden = client.get("/people/pia-bassi/")
    assert (missing.status_code, hidden.status_code) == (404, 404)

    open_to(pia, "world", "name", "sentence")

    source = assert_page(client.get("/people/pia-bassi/"))
    assert "Ascolto." in source
    assert "Parma" not in source
    client.force_login(nives)
    assert_page(client.get("/people/pia-bassi/"))


def test_the_preview_is_what_they_get(client, pia, circle):
    open_to(pia, "members", "name", "town")

    assert queries.as_seen_by(pia, "world", clock.now()).name == ""
    assert queries.as_seen_by(pia, "members", clock.now()).town == "Parma"
    assert queries.as_seen_by(pia, "members", clock.now()).employer == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_people_costs_the_same_however_long(rows, pia, nives, circle):
    people = [
        entering.create_person(f"p{number}@example.org", name=f"P {number}", language="it", at=clock.now())
        for number in range(rows)
    ]
    for person in people:
        open_to(person, "world", "name")
        actions.change_profile(person, name="P", facts={}, competences=["video"], by=person, at=clock.now())

    with CaptureQueriesContext(connection) as asked:
        assert len(queries.seen(people, nives)) == rows

    assert len(asked) == 5


def test_a_person_writes_about_themselves(client, pia):
    client.force_login(pia)
    assert_page(client.get("/me/"))
    assert_page(client.get("/me/profile/"))

    answer = client.post(
        "/me/profile/",
        {
            "name": "Pia B.",
            "handle": "Pia",
            "competences": "vídeo, Video,  montaggio ; ",
            **FACTS,
            "town": "Lodi",
        },
    )

    assert answer.url == "/me/"
    pia.refresh_from_db()
    assert (pia.name, pia.handle, pia.profile.town) == ("Pia B.", "pia", "Lodi")
    assert [str(row.competence) for row in pia.competences.all()] == ["video", "montaggio"]
    # What nobody goes by any longer is not kept.
    assert sorted(Competence.objects.values_list("folded", flat=True)) == ["montaggio", "video"]


def test_a_taken_short_name_is_said_at_the_field_and_what_was_typed_stays(client, pia):
    entering.create_person("other@example.org", name="Nives", language="it", at=clock.now())
    client.force_login(pia)

    source = assert_page(client.post("/me/profile/", {"name": "Pia", "handle": "nives", "sentence": "Nuova"}))

    assert "Nuova" in source
    pia.refresh_from_db()
    assert (pia.name, pia.handle) == ("Pia Bassi", "pia-bassi")


def test_two_people_of_one_name_have_two_short_names():
    made = [
        entering.create_person(f"n{number}@example.org", name="Nìves Rota", language="it", at=clock.now())
        for number in range(3)
    ]

    assert [person.handle for person in made] == ["nives-rota", "nives-rota-2", "nives-rota-3"]


def test_privacy_is_chosen_on_a_page_that_shows_what_others_read(client, pia):
    client.force_login(pia)
    assert_page(client.get("/me/privacy/"))

    client.post("/me/privacy/", {**{field.value: "nobody" for field in queries.Field}, "name": "world"})

    chosen = queries.privacy_of(Person.objects.get(pk=pia.pk))
    assert chosen == {**{field.value: "nobody" for field in queries.Field}, "name": "world"}


def test_a_consent_is_dated_given_and_taken_back(client, pia):
    client.force_login(pia)
    assert_page(client.get("/me/consents/"))
    before = clock.now()
    for _twice in range(2):
        client.post("/me/consents/", {"purpose": "video", "do": "give"})

    row = Consent.objects.get()
    assert consents.given(pia, "video", row.given_at)
    assert not consents.given(pia, "video", before)
    assert not consents.given(pia, "portrait", row.given_at)

    client.post("/me/consents/", {"purpose": "video", "do": "withdraw"})
    row.refresh_from_db()
    assert not consents.given(pia, "video", row.withdrawn_at)
    assert consents.given(pia, "video", row.given_at)
    assert client.post("/me/consents/", {"purpose": "invented"}).status_code == 200
    client.post("/me/consents/", {"purpose": "video", "do": "give"})
    assert Consent.objects.count() == 2


def test_what_was_said_of_a_consent_stays_in_sight_and_in_the_acts(client, pia, nives, later):
    client.force_login(pia)
    before = assert_page(client.get("/me/consents/"))
    assert "<details" not in before.partition("<main")[2]
    for do, minutes in (("give", 0), ("withdraw", 5), ("withdraw", 6), ("give", 7)):
        later(minutes=minutes)
        client.post("/me/consents/", {"purpose": "contact", "do": do})

    page = assert_page(client.get("/me/consents/")).partition("<main")[2]

    assert "<details" in page
    past = Consent.objects.get(withdrawn_at__isnull=False)
    assert dates.clock(past.given_at) in page
    assert dates.clock(past.withdrawn_at) in page
    recorded = Act.objects.filter(verb__startswith="consent-").order_by("pk")
    assert [act.verb for act in recorded] == ["consent-given", "consent-withdrawn", "consent-given"]
    assert {act.payload["purpose"] for act in recorded} == {"contact"}
    assert {act.subject_code for act in recorded} == {acts.code_of(pia, acts.HOUSE)}
    assert not acts.visible(recorded, nives, clock.now()).exists()


def test_nobody_agrees_for_another(pia, nives):
    actions.give_consent(pia, purpose="portrait", by=pia, at=clock.now())
    for change in (actions.give_consent, actions.withdraw_consent):
        with pytest.raises(Missing):
            change(pia, purpose="portrait", by=nives, at=clock.now())
    assert consents.given(pia, "portrait", clock.now())


def test_erasing_reaches_what_was_agreed_and_its_acts(pia):
    actions.give_consent(pia, purpose="name", by=pia, at=clock.now())
    assert privacy.export(pia)["people"]["consent"][0]["purpose"] == "name"
    acts.seal(clock.now())

    privacy.erase(pia, clock.now())

    assert not Consent.objects.exists()
    assert Act.objects.get(verb="consent-given").payload is None
    assert acts.verify() is None


def test_following_and_blocking(client, pia, nives, circle):
    open_to(pia, "world", "name")
    client.force_login(nives)
    client.post("/people/pia-bassi/follow/")
    client.post("/people/pia-bassi/follow/")
    assert Follow.objects.filter(follower=nives, followed=pia).count() == 1

    actions.block(nives, by=pia, at=clock.now())

    assert not Follow.objects.exists()
    assert client.get("/people/pia-bassi/").status_code == 404
    assert client.post("/people/pia-bassi/follow/").status_code == 404


def test_who_blocked_can_take_it_back(client, pia, nives, circle):
    open_to(pia, "world", "name")
    client.force_login(nives)
    client.post("/people/pia-bassi/block/")
    source = assert_page(client.get("/people/pia-bassi/"))
    assert "/unblock/" in source
    assert client.post("/people/pia-bassi/follow/").status_code == 403

    assert "Pia Bassi" in assert_page(client.get("/me/privacy/"))
    client.post(f"/me/privacy/blocks/{Block.objects.get().pk}/drop/")

    assert not Block.objects.exists()


def test_nobody_takes_back_anothers_block(client, pia, nives):
    actions.block(nives, by=pia, at=clock.now())
    client.force_login(nives)

    assert client.post(f"/me/privacy/blocks/{Block.objects.get().pk}/drop/").status_code == 404
    assert Block.objects.exists()


def test_one_does_not_follow_oneself(client, pia):
    client.force_login(pia)

    assert client.post("/people/pia-bassi/follow/").status_code == 403


def test_evidence_is_written_once_a_thing(pia):
    day = clock.now().date()
    evidence.add(pia, kind="brief", title="Ascolto", url="/x/", day=day, competence="Titolì")
    evidence.add(pia, kind="brief", title="Ascolto, bene", url="/x/", day=day)

    assert [row.title for row in queries.evidence_of(pia.pk)] == ["Ascolto, bene"]
    evidence.take_back(pia, kind="brief", url="/x/")
    assert not queries.evidence_of(pia.pk).exists()


class TestAPortrait:
    @pytest.fixture(autouse=True)
    def kept_here(self, own_uploads):
        """Keep pictures in a folder of the test's own."""

    def test_it_shows_to_those_who_may_see_it_once_it_was_drawn_anew(self, client, pia, nives, circle):
        client.force_login(pia)
        client.post("/me/profile/", {"name": "Pia", "portrait": picture()})
        file = StoredFile.objects.get()
        assert queries.seen([pia], pia)[0].portrait == ""

        prepare.function(file.pk)
        open_to(pia, "world", "name", "portrait")
        assert queries.seen([pia], None)[0].portrait == ""
        actions.give_consent(pia, purpose="portrait", by=pia, at=clock.now())

        url = queries.seen([pia], None)[0].portrait
        shown = Client().get(url)
        assert shown["Content-Type"].startswith("image/")
        assert b"".join(shown.streaming_content)
        open_to(pia, "world", "name")
        assert Client().get(url).status_code == 404
        mine = client.get(url)
        assert mine.status_code == 200
        assert b"".join(mine.streaming_content)

    def test_it_is_gone_from_everywhere_the_minute_the_yes_is_taken_back(self, client, pia, nives, circle):
        circle.classmates = lambda _person, ids: set(ids)
        client.force_login(pia)
        client.post("/me/profile/", {"name": "Pia", "portrait": picture(), "shown": "on"})
        prepare.function(StoredFile.objects.get().pk)
        open_to(pia, "world", "name", "portrait")
        pia = Person.objects.get(pk=pia.pk)
        url = queries.seen([pia], nives)[0].portrait
        assert url == queries.seen([pia], None)[0].portrait
        assert queries.as_seen_by(pia, "class", clock.now()).portrait == url
        assert f'src="{url}"' in Client().get("/people/pia-bassi/").content.decode()
        assert 'name="shown"' not in client.get("/me/profile/").content.decode()

        client.post("/me/consents/", {"purpose": "portrait", "do": "withdraw"})

        assert [queries.seen([pia], viewer)[0].portrait for viewer in (None, nives, pia)] == ["", "", url]
        assert queries.as_seen_by(pia, "class", clock.now()).portrait == ""
        assert url not in Client().get("/people/pia-bassi/").content.decode()
        assert Client().get(url).status_code == 404
        mate = Client()
        mate.force_login(nives)
        assert mate.get(url).status_code == 404
        assert 'name="shown"' in client.get("/me/profile/").content.decode()

    def test_it_stands_in_the_corner_with_the_name_as_the_words_of_the_link(self, client, pia):
        client.force_login(pia)
        corner = re.compile(r'<a class="me" href="/me/">(.*?)</a>', re.DOTALL)
        before = corner.search(client.get("/me/").content.decode())[1]
        client.post("/me/profile/", {"name": "Pia Bassi", "portrait": picture()})
        file = StoredFile.objects.get()
        prepare.function(file.pk)
        with CaptureQueriesContext(connection) as asked:
            after = corner.search(client.get("/me/").content.decode())[1]

        assert "<img" not in before
        assert ">PB<" in before
        assert f'<img src="/people/pia-bassi/portrait/{file.pk}/" alt=""' in after
        assert 'aria-hidden="true"' in after
        assert all("Pia Bassi</span>" in words for words in (before, after))
        loading = [query for query in asked if '"people_profile"' in query["sql"]]
        assert len(loading) == 2  # who looks, and the page itself

    def test_another_one_takes_its_place_and_it_can_be_taken_away(self, client, pia):
        client.force_login(pia)
        for _time in range(2):
            client.post("/me/profile/", {"name": "Pia", "portrait": picture()})
        assert StoredFile.objects.count() == 1

        client.post("/me/profile/", {"name": "Pia", "no_portrait": "on"})

        assert not StoredFile.objects.exists()

    def test_what_is_no_picture_is_refused_at_its_field_and_nothing_half_saved(self, client, pia):
        client.force_login(pia)
        sent = SimpleUploadedFile("me.png", b"%PDF-1.4 not a picture", content_type="image/png")

        page = client.post("/me/profile/", {"name": "Other", "sentence": "Nuova", "portrait": sent})

        assert "Nuova" in assert_page(page)
        assert "portrait" in page.context["form"].errors
        pia.refresh_from_db()
        assert pia.name == "Pia Bassi"
        assert not StoredFile.objects.exists()
