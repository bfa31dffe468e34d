"""Whom candidates ask for help: what may be set, what holds where nothing is, and what becomes of a person named."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import translation
from tests.pages import assert_page

from sqcuola.editions import actions, presets, privacy
from sqcuola.editions.contacts import Contact, contact_of, is_phone
from sqcuola.editions.forms import WordsForm
from sqcuola.editions.models import Edition, Role
from sqcuola.editions.tests.conftest import NOW, OPENS, make_person
from sqcuola.kernel import privacy as register

WORDS = "/e/terza/settings/words/"
OURS = {"contact_name": "Ada Rossi", "contact_phone": "+39 0521 000 000", "contact_mail": "ada@example.org"}


def typed(**contact):
    return {"title": "Classe III", **contact}


def wrong(edition, **contact):
    return dict(WordsForm(typed(**contact), instance=edition).errors)


@pytest.mark.parametrize(
    ("phone", "good"),
    [
        ("0521 000 000", True),
        ("+39 0521 000000", True),
        ("112", True),
        ("12", False),
        ("+", False),
        ("0521-000-000", False),
        ("39+0521", False),
        ("٠٥٢١٠٠", False),
        ("0521 000 int. 4", False),
        ("0521\n000", False),
    ],
)
def test_a_phone_number_is_digits_spaces_and_a_plus(phone, good):
    assert is_phone(phone) is good


def test_what_cannot_be_dialled_is_said_at_its_field(client, lidia, edition):
    client.force_login(lidia)
    html = assert_page(client.post(WORDS, typed(contact_name="Ada", contact_phone="chiedi in bidelleria")))
    assert "Un numero di telefono è fatto di cifre e spazi" in html
    assert 'value="chiedi in bidelleria"' in html
    assert Edition.objects.get().contact_name == ""


def test_a_name_needs_a_road_and_a_road_a_name(edition):
    assert set(wrong(edition, contact_name="Ada")) == {"contact_phone"}
    assert set(wrong(edition, contact_phone="0521 000 000")) == {"contact_name"}
    assert set(wrong(edition, contact_mail="ada@example.org")) == {"contact_name"}
    assert set(wrong(edition, contact_name="Ada", contact_mail="non è un indirizzo")) == {"contact_mail"}
    assert wrong(edition, contact_name="Ada", contact_mail="ada@example.org") == {}
    assert wrong(edition) == {}


def test_the_database_keeps_no_half_contact(edition):
    for half in ({"contact_name": "Ada"}, {"contact_phone": "0521"}, {"contact_mail": "ada@example.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.update(**half)


def test_who_coordinates_sets_it_and_the_public_page_keeps_quiet(client, lidia, edition):
    client.force_login(lidia)
    client.post(WORDS, typed(**OURS | {"contact_phone": "+39  0521 000 000 "}))
    edition.refresh_from_db()
    assert contact_of(edition, NOW) == Contact("Ada Rossi", "+39 0521 000 000", "ada@example.org")
    client.logout()
    for page in ("/e/terza/", "/e/terza/questions/", "/e/terza/rules/"):
        html = client.get(page).content.decode()
        assert "0521 000" not in html
        assert "Ada Rossi" not in html


def test_without_one_it_is_who_coordinates_now(edition, lidia):
    assert contact_of(edition, NOW) == Contact("Lidia", page="/e/terza/questions/")
    Role.objects.filter(edition=edition).update(ends=NOW)
    assert contact_of(edition, NOW) == Contact("", page="/e/terza/questions/")


def test_it_reads_as_a_link_that_needs_no_script():
    def shown(contact):
        return render_to_string("editions/contact.html", {"contact": contact}).strip()

    whole = shown(Contact("A <b>", "+39 0521 000", "a@example.org"))
    assert whole.startswith("A &lt;b&gt;, <a")
    assert 'href="tel:+390521000"' in whole
    assert 'href="mailto:a@example.org"' in whole
    with translation.override("en"):
        asked = shown(Contact("Lidia", page="/e/terza/questions/"))
        assert asked == '<a href="/e/terza/questions/">ask Lidia</a>'
        assert ">ask us</a>" in shown(Contact("", page="/e/terza/questions/"))


def test_an_erased_person_is_no_contact_any_more(edition, lidia):
    ada = make_person("Ada")
    actions.describe(edition, OURS | {"contact_mail": "ADA@example.org"}, by=lidia, at=NOW)
    entry = next(one for one in register.entries() if one.model is Edition)
    assert list(entry.of(ada)) == [edition]
    assert list(entry.of(make_person("Berta"))) == []
    assert register.export(ada)["editions"]["edition"][0]["contact_phone"] == "+39 0521 000 000"
    privacy._forget_contact(ada, NOW)
    assert Edition.objects.get().contact_phone == ""


def test_a_name_alone_is_somebodys_only_with_a_role_there(edition, lidia):
    actions.describe(edition, {"contact_name": "lidia", "contact_phone": "0521 000"}, by=lidia, at=NOW)
    namesake = make_person("Lidia2")
    namesake.name = "Lidia"
    assert list(privacy._where_contact(lidia)) == [edition]
    assert list(privacy._where_contact(namesake)) == []


def test_a_copy_asks_nobody_who_was_not_asked(edition, lidia):
    actions.describe(edition, OURS, by=lidia, at=NOW)
    answers = presets.Answers("Classe IV", "", 20, OPENS.date().replace(year=2027), "Europe/Rome")
    assert not {"contact_name", "contact_phone", "contact_mail"} & set(
        presets.plan_copy(edition, answers).fields
    )
