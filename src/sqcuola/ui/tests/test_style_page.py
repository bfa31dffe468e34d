import pytest
from tests.browser import axe_faults, shot, too_small, too_wide
from tests.pages import assert_page, faults

VIEWS = [(width, dark) for width in (1280, 360) for dark in (False, True)]


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.django_db
def test_the_style_page_is_a_page(client, language):
    source = assert_page(client.get("/style/", headers={"Accept-Language": language}))

    assert f'<html lang="{language}">' in source


@pytest.mark.django_db
def test_italian_comes_first(client):
    assert '<html lang="it">' in assert_page(client.get("/style/", headers={"Accept-Language": "xx"}))


@pytest.mark.django_db
def test_a_chosen_language_is_kept(client):
    answer = client.post("/language/", {"language": "en", "next": "/style/"})

    assert (answer.status_code, answer["Location"]) == (302, "/style/")
    assert '<html lang="en">' in assert_page(client.get("/style/", headers={"Accept-Language": "it"}))


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"])
def test_the_choice_of_a_language_never_leads_away(client, away):
    assert client.post("/language/", {"language": "xx", "next": away})["Location"] == "/"
    assert "django_language" not in client.cookies


@pytest.mark.django_db
def test_nothing_is_chosen_by_looking(client):
    assert client.get("/language/").status_code == 405


GOOD = '<!doctype html><html lang="it"><head><meta charset="utf-8"><title>A</title></head><body><main><h1>A</h1></main></body></html>'


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("", ""), None),
        (("<h1>A</h1>", "<h1>A</h1><h1>B</h1>"), "2 h1"),
        (("<h1>A</h1>", "<h1></h1>"), "h1 is empty"),
        (("<title>A</title>", "<title> · SQcuola</title>"), "title is empty"),
        ((' lang="it"', ""), "no lang"),
        (("<h1>", "<p style='x'></p><h1>"), "style attribute"),
        (("<h1>", "<script>1</script><h1>"), "inline script"),
        (("<h1>", "<style></style><h1>"), "inline style"),
        (("<h1>", "<p onclick='x'></p><h1>"), "onclick"),
        (("<h1>", "<a href='javascript:x'>y</a><h1>"), "javascript:"),
        (("<h1>", "<p><div></p></div><h1>"), "invalid HTML"),
        (("<h1>", "<p id='a'></p><p id='a'></p><h1>"), "'a' stands 2 times"),
        (("<h1>", "<label for='b'>x</label><h1>"), "#b, which is not there"),
        (("<h1>", "<input name='csrfmiddlewaretoken'><h1>"), "form token"),
    ],
)
def test_the_page_checker_can_fail(change, said):
    found = faults(GOOD.replace(*change) if change[0] else GOOD, public=True)

    assert found == [] if said is None else any(said in one for one in found)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark"), VIEWS)
def test_the_style_page_reaches_everybody(live_server, open_page, width, dark):
    page = open_page(f"{live_server.url}/style/", width=width, dark=dark)
    shot(page, f"style-{width}-{'dark' if dark else 'light'}")

    assert axe_faults(page) == []
    assert too_wide(page) == []
    assert too_small(page) == []


@pytest.mark.browser
def test_nothing_stands_out_with_letters_twice_as_big(live_server, open_page):
    page = open_page(f"{live_server.url}/style/", width=640)
    page.evaluate("document.documentElement.style.fontSize = '212.5%'")

    assert too_wide(page) == []
