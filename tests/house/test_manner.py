"""The manner of a room: rules judge and write nothing, one clock, no signals, no drawers for odds and ends."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGE, files

WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
}
DRAWERS = {"utils", "util", "helpers", "managers", "services", "common", "misc"}
HTTP = ("django.http", "django.shortcuts", "django.urls")
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("timezone", "now"),
    ("date", "today"),
}


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def of(path: Path, kind: str) -> bool:
    return kind in {path.stem, path.parent.name}


def attribute(node: ast.AST) -> tuple[str, str]:
    """Return ("datetime", "now") for `datetime.now`, and two empty words for anything else."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id, node.attr
    return "", ""


def faults_of_a_rule(tree: ast.AST) -> Iterator[str]:
    for name in imports(tree):
        if name.startswith(HTTP) or name.split(".")[-1] in {"views", "forms", "actions"}:
            yield f"a rule imports {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            yield f"a rule calls {node.func.attr}()"


def faults(package: Path) -> list[str]:
    found = []
    for path in files(package, ".py", tests=False):
        name, tree = path.relative_to(package), ast.parse(path.read_text(encoding="utf-8"))
        if DRAWERS & {path.stem, *name.parts}:
            found.append(f"{name}: a drawer for odds and ends; name it after its topic")
        if of(path, "rules"):
            found += [f"{name}: {said}" for said in faults_of_a_rule(tree)]
        for imported in imports(tree):
            if imported in {"django.dispatch", "django.db.models.signals"} and path.name != "apps.py":
                found.append(f"{name}: signals ({imported})")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == "save" and of(path, "models"):
                found.append(f"{name}: save() is written anew; an action owns the change")
            asked = attribute(node)
            if asked in CLOCKS and name.as_posix() != "kernel/clock.py":
                found.append(f"{name}: asks {'.'.join(asked)}; the clock of the house is kernel.clock")
    return found


def test_rooms_keep_the_manner():
    assert faults(PACKAGE) == []


def test_the_check_can_fail(tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    (room / "rules.py").write_text("from django.http import Http404\ndef may(p, t, at):\n    t.save()\n")
    (room / "utils.py").write_text("import datetime\nx = datetime.now()\n")
    (room / "models.py").write_text(
        "from django.dispatch import receiver\nclass A:\n    def save(self): pass\n"
    )

    assert faults(tmp_path) == [
        "room/models.py: signals (django.dispatch)",
        "room/models.py: save() is written anew; an action owns the change",
        "room/rules.py: a rule imports django.http",
        "room/rules.py: a rule calls save()",
        "room/utils.py: a drawer for odds and ends; name it after its topic",
        "room/utils.py: asks datetime.now; the clock of the house is kernel.clock",
    ]
