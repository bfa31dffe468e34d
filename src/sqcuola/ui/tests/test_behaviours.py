"""The small scripts, each by what a person sees; and that the page is whole without them."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def style(live_server, open_page):
    return lambda **how: open_page(f"{live_server.url}/style/", **how)


def test_a_menu_closes_with_escape_and_gives_the_focus_back(style):
    page = style(width=1280)
    more = page.locator("details.more")
    more.locator("summary").click()
    assert more.get_attribute("open") is not None

    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    assert more.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_menu_closes_with_a_click_elsewhere(style):
    page = style()
    more = page.locator("details.more")
    more.locator("summary").click()
    page.locator("h1").click()

    assert more.get_attribute("open") is None


def test_a_countdown_runs_silently_and_speaks_at_the_marks(style):
    page = style()
    first = page.locator("[data-until]").first
    assert first.locator("[data-face]").inner_text().startswith("31:0")
    assert first.locator("[data-voice]").inner_text() == ""

    page.evaluate("""() => { const now = Date.now; Date.now = () => now() + 90_000; }""")

    expect(first.locator("[data-voice]")).to_have_text("Mancano 30 minuti")


def test_a_device_with_another_clock_is_told_ours(style, live_server, open_page):
    page = style()
    assert page.locator("[data-until] small", has_text="orologio").count() == 0
    page.add_init_script("const real = Date.now; Date.now = () => real() - 50 * 60_000;")
    page.reload()

    first = page.locator("[data-until]").first
    expect(first.locator("small").last).to_contain_text("Il tuo dispositivo segna un’altra ora. Qui sono le")
    assert first.locator("[data-face]").inner_text().startswith("31:0"), "it still counts by our clock"


def test_a_link_in_the_list_of_errors_goes_to_its_field(style):
    page = style(width=360)
    page.evaluate("document.querySelector('.summary').dataset.errors = ''")
    page.locator(".summary a").nth(1).click()

    assert page.evaluate("document.activeElement.name") == "wrong-mail"


def test_the_page_is_whole_without_scripts(style):
    page = style(width=360, scripts=False)

    assert page.get_by_role("button", name="Copia").count() == 0
    page.locator("details.more summary").click()
    assert page.locator("details.more a").first.is_visible()
    assert "23:59" in page.locator(".dates").inner_text()


def test_the_first_press_of_tab_offers_the_content(style):
    page = style()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"

    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


FORM = """<form data-autosave="/house/autosave" data-saved="saved" data-unsaved="down" data-refused="no"
  ><input name="words"><span id="saved"></span></form>"""


def test_what_is_typed_is_saved_quietly_and_a_line_that_is_down_is_said(live_server, open_page, chromium):
    page = open_page(f"{live_server.url}/style/", language="en")
    answers = iter([200, 503, 200, 403])
    sent = []

    def answer(route):
        sent.append(route.request.post_data)
        status = next(answers)
        body = "The call has closed." if status == 403 else "Saved at 10:42"
        route.fulfill(status=status, body=body, content_type="text/plain")

    page.route("**/house/autosave", answer)
    page.evaluate("(html) => { document.querySelector('.main').innerHTML = html; }", FORM)
    page.evaluate("() => import(document.querySelector('script[type=module]').src + '?again')")
    saved = page.locator("#saved")
    page.get_by_role("textbox").fill("first")
    expect(saved).to_have_text("Saved at 10:42")
    assert saved.get_attribute("role") is None

    page.get_by_role("textbox").fill("second")
    expect(saved).to_have_text("down")
    assert saved.get_attribute("role") == "status"
    expect(saved).to_have_text("Saved at 10:42")
    assert "second" in sent[-1]

    page.get_by_role("textbox").fill("third")
    expect(saved).to_have_text("The call has closed.")
    page.get_by_role("textbox").fill("fourth")
    page.wait_for_timeout(2500)
    assert len(sent) == 4


COUNTED = """<form data-autosave="/house/autosave" data-saved="saved" data-unsaved="down" data-refused="no">
  <div class="field"><textarea></textarea><span data-left="1004" data-many="{n} left" data-one="One left" data-over="{n} over"
  data-over-one="One over"></span><span data-saved-here></span></div><span id="saved"></span></form>"""


def test_beside_the_field_stands_how_much_is_left_and_when_it_was_saved(live_server, open_page, chromium):
    page = open_page(f"{live_server.url}/style/", language="en")
    page.route(
        "**/house/autosave", lambda route: route.fulfill(body="Saved at 10:42", content_type="text/plain")
    )
    page.evaluate("(html) => { document.querySelector('.main').innerHTML = html; }", COUNTED)
    page.evaluate("() => import(document.querySelector('script[type=module]').src + '?again')")
    field, left = page.get_by_role("textbox"), page.locator("[data-left]")
    for words, said in (
        ("two\n😀", "999 left"),
        ("x" * 1003, "One left"),
        ("x" * 1005, "One over"),
        ("x" * 2008, "1004 over"),
    ):
        field.fill(words)
        expect(left).to_have_text(said)
    assert left.get_attribute("class") == "over"
    expect(page.locator("[data-saved-here]")).to_have_text("Saved at 10:42")


def test_a_form_is_sent_once(live_server, open_page):
    page = open_page(f"{live_server.url}/style/")
    sent = []
    page.route("**/language/", lambda route: sent.append(route.request.method) or route.abort())
    page.evaluate("() => { const b = document.querySelector('.tongue'); b.click(); b.click(); }")
    page.wait_for_timeout(200)

    assert sent == ["POST"]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_question_one_is_at_is_among_the_dots(style, width):
    page = style(width=width)

    assert (
        page.locator(".dots i").evaluate_all("(dots) => dots.filter((dot) => dot.checkVisibility()).length")
        == 20
    )


@pytest.mark.parametrize(("width", "shown", "headed"), [(1280, "table-row", True), (360, "block", False)])
def test_a_table_becomes_cards_on_a_phone(style, width, shown, headed):
    """Each row a card: what stood at the head of a column stands beside its value."""
    table = style(width=width).locator("table.cards").first
    row, cell = table.locator("tbody tr").first, table.locator("td[data-label]").first

    assert row.evaluate("one => getComputedStyle(one).display") == shown
    assert (table.locator("thead").bounding_box()["height"] > 1) is headed
    said = cell.evaluate("one => getComputedStyle(one, '::before').content").strip('"')
    assert said == ("none" if headed else cell.get_attribute("data-label"))
    assert cell.get_attribute("data-label") == table.locator("thead th").nth(1).inner_text()
