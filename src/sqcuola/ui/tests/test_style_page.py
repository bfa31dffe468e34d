import pytest
from django.utils.translation import override
from tests.pages import assert_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_style_page_is_a_page(client, language):
    source = assert_page(client.get("/style/", headers={"Accept-Language": language}))

    assert f'<html lang="{language}">' in source


def test_italian_comes_first(client):
    assert '<html lang="it">' in assert_page(client.get("/style/", headers={"Accept-Language": "xx"}))


def test_a_chosen_language_is_kept(client):
    answer = client.post("/language/", {"language": "en", "next": "/style/"})

    assert (answer.status_code, answer["Location"]) == (302, "/style/")
    assert '<html lang="en">' in assert_page(client.get("/style/", headers={"Accept-Language": "it"}))


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"])
def test_the_choice_of_a_language_never_leads_away(client, away):
    assert client.post("/language/", {"language": "xx", "next": away})["Location"] == "/"
    assert "django_language" not in client.cookies


def test_what_is_chosen_in_one_test_is_not_kept_for_another():
    with override("it"):
        from sqcuola.ui.samples import SampleForm

        form = SampleForm({"name": "", "mail": "x"})
        assert form.errors["name"] == ["Qui serve una risposta."]
        assert "@" in form.errors["mail"][0]
