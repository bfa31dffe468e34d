"""Takes one page four ways (1280 and 360 px, light and dark), and says what is wrong with it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page
from tools.picturing.listed import Shot
from tools.picturing.steps import Visit

WIDTHS = {1280: 860, 360: 740}
THEMES = ("light", "dark")
WAYS = tuple((width, theme) for width in WIDTHS for theme in THEMES)
# What is below is cut off: a picture shows what a page is like, not all of its rows.
TALLEST = 1600
# Wide ones are kept at three quarters: still readable, and the whole folder stays small.
KEPT_WIDTH = {1280: 960, 360: 360}
QUALITY = 25
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
        .filter((one) => one.getBoundingClientRect().right > width + 1)
        .map((one) => `${one.tagName}.${one.className}`).slice(0, 3); }"""


@dataclass(slots=True)
class Seen:
    """What came of one shot: the page's own title, its pictures' names, what was wrong."""

    shot: Shot
    title: str = ""
    files: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Camera:
    """Keeps a browser context for each person, and writes pictures into a folder."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser, self._folder = browser, folder
        self._contexts: dict[tuple[str, str], BrowserContext] = {}

    def context(self, who: str, language: str) -> tuple[BrowserContext, bool]:
        """Return the context of a person in a language, and whether it is new. Visitors always get a new one."""
        found = self._contexts.get((who, language))
        if found is not None:
            return found, False
        made = self._browser.new_context(
            viewport={"width": 1280, "height": WIDTHS[1280]},
            locale=language,
            timezone_id="Europe/Rome",
            reduced_motion="reduce",
        )
        made.set_default_timeout(20_000)
        return made, True

    def keep(self, who: str, language: str, context: BrowserContext) -> None:
        """Let a person stay signed in for the next page."""
        self._contexts[who, language] = context

    def take(self, visit: Visit, seen: Seen) -> None:
        """Take the page that is open all four ways, and look at it with axe on a phone and in the dark."""
        page = visit.page
        seen.title = " ".join(page.locator("h1").first.inner_text().split())
        for width, theme in WAYS:
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.wait_for_timeout(50)
            if wide := page.evaluate(TOO_WIDE):
                seen.faults.append(f"too wide at {width} px: {', '.join(wide)}")
            if (width == 360) == (theme == "light"):
                seen.faults += [f"{fault} ({width} px, {theme})" for fault in axe(page)]
            name = f"{seen.shot.name}-{width}-{theme}.webp"
            self._write(page, width, self._folder / name)
            seen.files.append(name)

    def _write(self, page: Page, width: int, path: Path) -> None:
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        # The folded-out "more" of a picture would hang over what is below; nothing is open by itself.
        clip = {"x": 0, "y": 0, "width": width, "height": height}
        shown = page.screenshot(full_page=True, clip=clip, animations="disabled")
        picture = Image.open(BytesIO(shown)).convert("RGB")
        kept = KEPT_WIDTH[width]
        if kept != width:
            picture = picture.resize((kept, round(picture.height * kept / width)), Image.Resampling.LANCZOS)
        picture.save(path, "WEBP", quality=QUALITY, method=6)


def axe(page: Page) -> list[str]:
    """Say what axe finds, one line a rule."""
    found = Axe().run(page).response["violations"]
    return [
        f"axe {fault['id']}: {fault['nodes'][0]['target']} and {len(fault['nodes']) - 1} more"
        for fault in found
    ]


@contextmanager
def watched(page: Page, seen: Seen) -> Iterator[None]:
    """Note what the browser complains of: the console, the content security policy, requests that failed."""
    expected = re.compile(rf"status of {seen.shot.status}\b") if seen.shot.status >= 400 else None

    def console(said: object) -> None:
        text = str(getattr(said, "text", said))
        if getattr(said, "type", "error") == "error" and not (expected and expected.search(text)):
            seen.faults.append(f"console: {text[:200]}")

    def failed(request: object) -> None:
        why = str(getattr(request, "failure", ""))
        if "ERR_ABORTED" not in why:  # what a next page left behind
            seen.faults.append(f"failed: {getattr(request, 'url', '')} {why}")

    page.on("console", console)
    page.on("pageerror", console)
    page.on("requestfailed", failed)
    yield
