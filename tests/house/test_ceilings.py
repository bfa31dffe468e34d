"""A file of 400 lines, a function of 40, a view of 25: beyond that it has two topics."""

from pathlib import Path

from tests.house.tree import ROOT, files, functions

FILE, FUNCTION, VIEW = 400, 40, 25
FOLDERS = ("src", "tests", "tools", "bench", "bin", ".ci")


def too_long(root: Path) -> list[str]:
    found = []
    for folder in FOLDERS:
        for path in files(root / folder, ".py", ".html", ".css", ".js", ".sh"):
            name, lines = path.relative_to(root), len(path.read_text(encoding="utf-8").splitlines())
            if lines > FILE:
                found.append(f"{name}: {lines} lines, at most {FILE}")
            if path.suffix == ".py" and "tests" not in name.parts:
                found += [f"{name}: {said}" for said in long_functions(path)]
    return found


def long_functions(path: Path) -> list[str]:
    ceiling = VIEW if path.name == "views.py" or path.parent.name == "views" else FUNCTION
    return [
        f"{node.name} has {length} lines, at most {ceiling}"
        for node in functions(path)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > ceiling
    ]


def test_nothing_is_above_its_ceiling():
    assert too_long(ROOT) == []


def test_the_check_can_fail(tmp_path):
    room = tmp_path / "src" / "sqcuola" / "room"
    room.mkdir(parents=True)
    (room / "views.py").write_text("def page():\n" + "    x = 1\n" * 25)
    (room / "actions.py").write_text("def act():\n" + "    x = 1\n" * 40)
    (room / "models.py").write_text("x = 1\n" * 401)

    assert too_long(tmp_path) == [
        "src/sqcuola/room/actions.py: act has 41 lines, at most 40",
        "src/sqcuola/room/models.py: 401 lines, at most 400",
        "src/sqcuola/room/views.py: page has 26 lines, at most 25",
    ]
