"""The house as files: what the checks of this folder walk over. Every check takes a root, so that a test can show it fail."""

import ast
import configparser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sqcuola"
GENERATED = {"migrations", "vendor", "locale", "__pycache__"}


@dataclass(frozen=True)
class Floors:
    """Which rooms stand on which floor, the ground first, as .importlinter says."""

    by_room: dict[str, int]

    def may_know(self, room: str, other: str) -> bool:
        return room == other or self.by_room[other] < self.by_room[room]


def floors(root: Path = ROOT) -> Floors:
    config = configparser.ConfigParser()
    config.read(root / ".importlinter", encoding="utf-8")
    lines = config["importlinter:contract:floors"]["layers"].strip().splitlines()
    return Floors(
        {room.strip(" ()"): level for level, line in enumerate(reversed(lines)) for room in line.split("|")}
    )


def rooms(package: Path = PACKAGE) -> list[str]:
    return sorted(init.parent.name for init in package.glob("*/__init__.py"))


def files(folder: Path, *suffixes: str, tests: bool = True) -> Iterator[Path]:
    """Yield what people wrote: no migrations, no vendored or generated files."""
    for path in sorted(folder.rglob("*")):
        parts = set(path.relative_to(folder).parts)
        if path.suffix in suffixes and not parts & GENERATED and (tests or "tests" not in parts):
            yield path


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node
