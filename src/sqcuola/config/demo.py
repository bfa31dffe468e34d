"""`sqcuola demo`: a school to look at, in a folder of its own, made at the first call and kept until it is reset."""

import os
import shutil
from importlib import import_module, util
from pathlib import Path

from sqcuola.config import asking
from sqcuola.config.asking import Parser

FOLDER = Path("data") / "demo"


def main(arguments: list[str]) -> int:
    """Answer `sqcuola demo`."""
    parser = Parser("demo", "Serve a school to look at, with people in it, and say how to come in as each.")
    parser.add_argument("--reset", action="store_true", help="throw the demo away first and begin anew")
    parser.add_argument(
        "--port", type=asking.PORT, metavar="N", help="8000 unless said; a free one if that is taken"
    )
    given = parser.parse_args(arguments)
    os.environ["SQCUOLA_MODE"] = "demo"
    os.environ.setdefault("SQCUOLA_HOME", str(FOLDER))
    home = Path(os.environ["SQCUOLA_HOME"])
    if given.reset or os.environ.get("SQCUOLA_DEMO_RESET"):
        throw_away(home)
    from sqcuola.config import serving, starting  # noqa: PLC0415 - after the mode is set

    port = given.port or serving.free_port("127.0.0.1")
    os.environ.setdefault("SQCUOLA_URL", f"http://127.0.0.1:{port}")
    starting.prepare()
    parent = serving.supervisor("127.0.0.1", port, workers=2)
    people, announce = build_world(), parent.announce

    def with_the_people() -> None:
        announce()
        for line in people:
            starting.say(line)

    parent.announce = with_the_people
    return parent.run()


def throw_away(home: Path) -> None:
    """Remove a demo's folder; refuse a folder that is not one."""
    if home.exists() and any(home.iterdir()):
        if not (home / "demo").exists():
            raise SystemExit(f"{home} was not made by `sqcuola demo`; it stays as it is.")
        shutil.rmtree(home)


def build_world() -> list[str]:
    """Put the demo's people into an empty database; return a line for each way in."""
    from django.conf import settings  # noqa: PLC0415 - after the mode is set
    from django.db import connections  # noqa: PLC0415

    (settings.HOME / "demo").touch()
    if util.find_spec("sqcuola.config.world") is None:
        return []
    lines = import_module("sqcuola.config.world").build()
    connections.close_all()
    return list(lines or [])
