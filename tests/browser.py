"""A real Chromium for the stories of every room (mark them `browser`): `open_page`, `shot`, `axe_faults`, `too_wide`.

    @pytest.mark.browser
    def test_a_story(live_server, open_page):
        page = open_page(live_server.url + "/style/", width=360, dark=True)
        page.get_by_role("link", name="…").click()
        assert axe_faults(page) == []

A page that writes an error to the console, or breaks the content security policy, fails its test. Pictures go to
test-results/ when a story fails, and always with SQCUOLA_SHOTS=1.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

RESULTS = Path(__file__).resolve().parents[1] / "test-results"
# A refusal, or a line that a story cuts, writes to the console too: that is no fault of the page.
ON_PURPOSE = re.compile(r"status of (4\d\d|503)|net::ERR_(FAILED|INTERNET_DISCONNECTED)")
HEIGHTS = {360: 740, 1280: 860}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str | None:
    """Return where the system keeps a Chromium; None leaves it to Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A story writes for real, since the server reads in another thread: to all databases of the house."""
    for item in items:
        if item.get_closest_marker("browser") and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(transaction=True, databases=list(settings.DATABASES)))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start one browser for the whole run."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # Playwright keeps a loop in this thread; the tests stay plain
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """Serve the house, begun when the test databases are there: its threads share their connections and leave none open."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def open_page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open pages, each in a context of its own: another device, another person."""
    contexts, pages, troubles = [], [], []

    def opened(
        url: str,
        *,
        width: int = 1280,
        dark: bool = False,
        language: str = "it",
        scripts: bool = True,
        **more: Any,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHTS.get(width, 860)},
            color_scheme="dark" if dark else "light",
            locale=language,
            timezone_id="Europe/Rome",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        pages.append(page)
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(url)
        return page

    yield opened
    failed = getattr(request.node, "has_failed", False)
    for number, page in enumerate(pages):
        if failed and not page.is_closed():
            shot(page, f"{request.node.name}-{number}", always=True)
    for context in contexts:
        context.close()
    assert [said for said in troubles if not ON_PURPOSE.search(said)] == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.has_failed = report.failed
    return report


def shot(page: Page, name: str, *, always: bool = False) -> Path | None:
    """Take a picture of the whole page, if pictures are wanted."""
    if not always and not os.environ.get("SQCUOLA_SHOTS"):
        return None
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / (re.sub(r"[^\w.-]+", "-", name).strip("-") + ".png")
    page.screenshot(path=path, full_page=True)
    return path


def axe_faults(page: Page) -> list[str]:
    """Say what axe finds against WCAG 2.2 A and AA, and its own good practice."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: {node['target']} {node.get('failureSummary', '')}"
        for fault in found
        for node in fault["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """Name what stands out of the page on the right; nothing may, at 360 px."""
    page.wait_for_load_state()
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.body.querySelectorAll("*")]
                .filter((one) => one.getBoundingClientRect().right > width + 1)
                .map((one) => one.tagName + "." + one.className);
        }"""
    )


def too_small(page: Page) -> list[str]:
    """Name what one touches and is smaller than 44 px (links inside a sentence apart, as WCAG has it)."""
    page.wait_for_load_state()
    return page.evaluate(
        """() => [...document.querySelectorAll("button, summary, input:not([type=hidden]), select, .button, .place")]
            .filter((one) => one.checkVisibility() && !one.closest("label") && !one.matches(".unseen *"))
            .filter((one) => one.getBoundingClientRect().height < 43.5)
            .map((one) => one.outerHTML.slice(0, 90))"""
    )
