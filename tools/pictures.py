"""Takes every page of the product, in a demo of its own: 1280 and 360 px, light and dark, into docs/pictures.

    python tools/pictures.py                     what `make pictures` calls
    python tools/pictures.py --only desk         pages whose name contains a word
    python tools/pictures.py --folder FOLDER     elsewhere than docs/pictures

Says what is wrong with each page while it goes (console, policy, failed requests, too wide, axe), and ends with 1 if
anything is. Which pages there are stands in tools/picturing/listed.py.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import machine, messages

ROOT = Path(__file__).resolve().parent.parent
MOST = 16_000_000  # bytes of the whole folder


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("pictures", description="Take a picture of every page.")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--folder", type=Path, default=ROOT / "docs" / "pictures")
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    messages.compile_all()
    home = Path(tempfile.mkdtemp(prefix="sqcuola-pictures-"))
    try:
        seen = walk(home, given.folder, given.only)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    if not given.only:
        tidy(given.folder, {name for one in seen for name in one.files})
        (given.folder / "README.md").write_text(index(seen), encoding="utf-8")
    return told(seen, given.folder)


def walk(home: Path, folder: Path, only: str) -> list[Any]:
    """Build the demo with its scenes, serve it and an empty house, and take every page."""
    port, other = free_port(), free_port()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "sqcuola.config.settings",
        "SQCUOLA_MODE": "demo",
        "SQCUOLA_HOME": str(home / "demo"),
        "SQCUOLA_URL": f"http://127.0.0.1:{port}",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps a loop in this thread
    }
    things = prepared()
    with server(home / "demo", "demo", port), server(home / "empty", "serve", other) as said:
        things["first code"] = said.rpartition(": ")[2].strip()
        bases = {"demo": f"http://127.0.0.1:{port}", "empty": f"http://127.0.0.1:{other}"}
        return photographed(folder, only, bases, things)


def free_port() -> int:
    """Return a port that nobody else is likely to want: the usual ones are other people's demos."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepared() -> dict[str, Any]:
    """Put the demo and what it lacks into the database."""
    from sqcuola.config import demo, starting  # noqa: PLC0415 - after the home is chosen

    (Path(os.environ["SQCUOLA_HOME"])).mkdir(parents=True)
    starting.prepare()
    demo.build_world()
    from tools.picturing import scenes  # noqa: PLC0415

    from sqcuola.kernel import clock  # noqa: PLC0415

    return scenes.build(clock.now())


@contextmanager
def server(home: Path, word: str, port: int) -> Iterator[str]:
    """Serve a house until the end of the block; give the last line it said when it was ready."""
    env = {**os.environ, "SQCUOLA_HOME": str(home), "SQCUOLA_URL": f"http://127.0.0.1:{port}"}
    if word == "serve":
        env.pop("SQCUOLA_MODE")
    log = home.with_suffix(".log")
    with log.open("w") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "sqcuola", word, "--port", str(port)],
            env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=out, text=True,
        )  # fmt: skip
        try:
            yield ready(child, log, last="this code" if word == "serve" else "answers at")
        finally:
            child.send_signal(signal.SIGTERM)
            child.wait(30)


def ready(child: subprocess.Popen[str], log: Path, *, last: str) -> str:
    """Wait for the line that says a house can be looked at, and return it."""
    for line in child.stdout or ():
        if last in line:
            return line
    raise SystemExit(f"The house did not begin:\n{log.read_text()}")


def photographed(folder: Path, only: str, bases: dict[str, str], things: dict[str, Any]) -> list[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - after Django
    from tools.picturing import camera, listed  # noqa: PLC0415

    seen = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=machine.chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"],
        )  # fmt: skip
        camera_here = camera.Camera(browser, folder)
        for shot in listed.SHOTS:
            # The first run is one story: leaving a page out would leave the next without its step.
            if only not in shot.name and not (shot.who == listed.FOUNDER and only in "first"):
                continue
            one = take(camera_here, shot, bases, things)
            print(f"{shot.name}: {one.title or 'not here'}", *one.faults, sep="\n    ", flush=True)
            seen.append(one)
        browser.close()
    return seen


def take(camera: Any, shot: Any, bases: dict[str, str], things: dict[str, Any]) -> Any:
    """Open one page as its person and take it."""
    from django.urls import reverse  # noqa: PLC0415
    from tools.picturing import listed, steps  # noqa: PLC0415
    from tools.picturing.camera import Seen, watched  # noqa: PLC0415

    seen = Seen(shot)
    kwargs = listed.arguments(shot, things)
    if kwargs is None:
        return seen  # this house has nothing of the kind
    base = bases["empty" if shot.who == listed.FOUNDER else "demo"]
    context, new = camera.context(shot.who, shot.language)
    page = context.new_page()
    path = (reverse(shot.url, kwargs=kwargs) if shot.url else "") + shot.query
    visit = steps.Visit(page, base, path, things)
    alone = shot.who == listed.VISITOR or shot.who.startswith(listed.ANEW)
    try:
        if new and not alone and shot.who != listed.FOUNDER:
            in_language(context, base, shot.language)
            steps.sign_in(visit, shot.who)
        with watched(page, seen):
            opened(visit, shot, seen)
            camera.take(visit, seen)
    except Exception as why:  # noqa: BLE001 - one page that fails is told, and the others are still taken
        seen.faults.append(f"not taken: {str(why).splitlines()[0]} (at {page.url})")
    finally:
        visit.afterwards()
        page.close()
        if alone:
            context.close()
        else:
            camera.keep(shot.who, shot.language, context)
    return seen


def in_language(context: Any, base: str, language: str) -> None:
    """Choose the language as its switch does."""
    from django.conf import settings  # noqa: PLC0415

    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": base}])


def opened(visit: Any, shot: Any, seen: Any) -> None:
    """Do the steps, or open the address; note an answer, or a place, that was not to be."""
    from django.urls import resolve  # noqa: PLC0415 - after Django

    answers = []
    visit.page.on(
        "response",
        lambda one: answers.append(one.status) if one.request.is_navigation_request() else None,
    )
    if shot.do is None:
        visit.go(visit.path)
    else:
        shot.do(visit)
    visit.page.wait_for_load_state("networkidle")
    if answers[-1] != shot.status:
        seen.faults.append(f"answered {answers[-1]}, wanted {shot.status}")
    came_to = resolve(urlsplit(visit.page.url).path).view_name if shot.status < 400 else ""
    if came_to not in {"", *shot.places}:
        seen.faults.append(f"came to {came_to}, wanted {shot.url}")


def tidy(folder: Path, wanted: set[str]) -> None:
    """Remove pictures of pages that are no more."""
    for path in folder.iterdir():
        if path.suffix in {".webp", ".png"} and path.name not in wanted:
            path.unlink()


def index(seen: list[Any]) -> str:
    """Return docs/pictures/README.md: a row a page."""
    lines = [
        "# Every page, as it is",
        "",
        "Taken by `make pictures` from the demo, an empty database and refusals; cut at 1,600 px. Who: the demo's people,",
        "a visitor, or the founder of a new school. Language is Italian unless the name says otherwise.",
        "",
        "| page | who | 1280 px | 360 px |",
        "|---|---|---|---|",
    ]
    for one in seen:
        if one.files:
            links = [f"[{name.removesuffix('.webp').rpartition('-')[2]}]({name})" for name in one.files]
            who = one.shot.who.removeprefix("anew ")
            title = one.title.replace("|", "\\|")
            lines.append(
                f"| {one.shot.name}: {title} | {who} | {links[0]} · {links[1]} | {links[2]} · {links[3]} |"
            )
    return "\n".join(lines) + "\n"


def told(seen: list[Any], folder: Path) -> int:
    """Print what is wrong, and how big the folder is; return the exit code."""
    faulty = [one for one in seen if one.faults]
    size = sum(path.stat().st_size for path in folder.glob("*.webp"))
    print(
        f"\n{len([one for one in seen if one.files])} pages, {size / 1e6:.1f} MB, {len(faulty)} with faults."
    )
    for one in faulty:
        print(f"{one.shot.name} ({one.shot.who})", *one.faults, sep="\n    ")
    if size > MOST:
        print(f"The folder is bigger than {MOST / 1e6:.0f} MB.")
    return 1 if faulty or size > MOST else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
