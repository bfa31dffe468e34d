"""What the papers name exists: commands, settings, files. What others made is as it came."""

import hashlib
import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

from django.core.management import get_commands
from tests.house.tree import PACKAGE, ROOT, files

from sqcuola.config import cli

QUOTED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
SETTING = re.compile(r"\bSQCUOLA_[A-Z_]+\b")
ENDINGS = (".py", ".md", ".toml", ".lock", ".txt", ".html", ".css", ".js", ".po", ".sh", ".json", ".yml")
# Plans speak of what is not there yet.
PLANS = ("docs/specs",)


def papers(root: Path) -> list[Path]:
    return [
        path
        for path in files(root, ".md")
        if not path.relative_to(root)
        .as_posix()
        .startswith((*PLANS, ".", "data", "node_modules", "dist", "build"))
    ]


def commands() -> set[str]:
    return set(cli.COMMANDS) | {word.replace("_", "-") for word in get_commands()}


def targets(root: Path) -> set[str]:
    return set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(), re.MULTILINE))


def settings_read(root: Path) -> set[str]:
    """Return every SQCUOLA_… that some code reads."""
    found = set()
    for folder in ("src", "tools", "bin", ".ci", "bench"):
        for path in (root / folder).rglob("*"):
            if path.is_file() and (path.suffix in {".py", ".sh", ""}) and "__pycache__" not in path.parts:
                found |= set(SETTING.findall(path.read_text(encoding="utf-8", errors="ignore")))
    return found | set(SETTING.findall((root / "Makefile").read_text()))


def untrue(root: Path, words: set[str]) -> list[str]:
    """Return one line for each thing a paper names and the house has not."""
    found = []
    made, known = targets(root), settings_read(root)
    for paper in papers(root):
        text, name = paper.read_text(encoding="utf-8"), paper.relative_to(root).as_posix()
        found += [f"{name}: no setting {word}" for word in sorted(set(SETTING.findall(text)) - known)]
        found += [
            f"{name}: no file {link}" for link in LINK.findall(text) if not (paper.parent / link).exists()
        ]
        spans = QUOTED.findall(text) + [line.strip() for line in text.splitlines() if line.startswith("    ")]
        for span in spans:
            first, *rest = span.split()
            word = rest[0] if rest else ""
            if first == "sqcuola" and re.fullmatch(r"[a-z][a-z-]+", word) and word not in words:
                found.append(f"{name}: no command sqcuola {word}")
            if first == "make" and re.fullmatch(r"[a-z]+", word) and word not in made:
                found.append(f"{name}: no target make {word}")
            found += [f"{name}: no file {part}" for part in span.split() if is_gone(part, paper.parent, root)]
    return found


def is_gone(word: str, beside: Path, root: Path) -> bool:
    """Tell whether a word is a path that is nowhere: beside the paper, in the root, in the package, in a room."""
    if (
        "/" not in word
        or not word.endswith(ENDINGS)
        or re.search(r"[<>*{}A-Z…:$]", word)
        or word.startswith(("/", ".", "~"))
    ):
        return False
    package = root / "src" / "sqcuola"
    return not any(
        (place / word).exists() for place in (beside, root, root / "src", package, *package.glob("*/"))
    )


def test_the_papers_name_only_what_exists():
    assert untrue(ROOT, commands()) == []


def test_the_check_of_papers_can_fail(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "env.py").write_text("SQCUOLA_HOME")
    (tmp_path / "Makefile").write_text("demo:\n")
    (tmp_path / "docs" / "x.md").write_text(
        "`make demo` `make coffee` `sqcuola serve --port 1` `sqcuola fly` SQCUOLA_HOME SQCUOLA_HOUSE\n"
        "`docs/x.md` `docs/y.md` `src/env.py` [a](y.md) [b](x.md) `/etc/pip.conf` `ROOM/rules.py`\n"
    )

    assert untrue(tmp_path, {"serve"}) == [
        "docs/x.md: no setting SQCUOLA_HOUSE",
        "docs/x.md: no file y.md",
        "docs/x.md: no target make coffee",
        "docs/x.md: no command sqcuola fly",
        "docs/x.md: no file docs/y.md",
    ]


def test_the_readme_names_the_test_command_that_check_runs():
    said = subprocess.run(
        ["make", "-n", "check"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    pattern = re.search(r"sed -n '([^']+)' README.md", said)

    assert pattern
    found = subprocess.run(
        ["sed", "-n", pattern[1], "README.md"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    assert found[0] == "make test"


def unlike_their_digest(package: Path) -> list[str]:
    """Return the vendored files that no VENDORED.toml lists, or that are not what it lists."""
    found = []
    for folder in sorted(package.glob("*/static/*/vendor")):
        listed: dict[str, str | None] = {"VENDORED.toml": None}
        for entry in tomllib.loads((folder / "VENDORED.toml").read_text())["package"]:
            found += [
                f"{entry.get('name')}: says no {key}"
                for key in ("name", "version", "licence", "licence_file", "source", "rebuild")
                if not entry.get(key)
            ]
            listed |= {entry["licence_file"]: None, **entry["files"]}
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        found += [f"{name}: listed, and not there" for name in sorted(set(listed) - there)]
        found += [f"{name}: not listed" for name in sorted(there - set(listed))]
        found += [
            f"{name}: is not the file that was vendored"
            for name, digest in listed.items()
            if digest and name in there and hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
        ]
    return found


def test_vendored_files_are_as_they_came():
    assert unlike_their_digest(PACKAGE) == []


def test_the_check_of_vendored_files_can_fail(tmp_path):
    folder = tmp_path / "room" / "static" / "room" / "vendor"
    folder.mkdir(parents=True)
    (folder / "OFL.txt").touch()
    (folder / "a.js").write_text("changed")
    (folder / "b.js").write_text("new")
    (folder / "VENDORED.toml").write_text(
        '[[package]]\nname = "a"\nversion = "1"\nlicence = "MIT"\nlicence_file = "OFL.txt"\nsource = "x"\n'
        f'rebuild = ""\n[package.files]\n"a.js" = "{hashlib.sha256(b"kept").hexdigest()}"\n"c.js" = "0"\n'
    )

    assert unlike_their_digest(tmp_path) == [
        "a: says no rebuild",
        "c.js: listed, and not there",
        "b.js: not listed",
        "a.js: is not the file that was vendored",
    ]


def test_the_licence_is_the_agpl_word_for_word():
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()

    assert digest == "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"


def without_a_line(project: dict, paper: str) -> list[str]:
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *chain(*extras), *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=~ ]", line)[0] for line in wanted}
    told = {
        name.strip()
        for line in paper.splitlines()
        if line.startswith("| ")
        for name in line.split("|")[1].split(",")
    }
    return sorted(names - told)


def test_each_dependency_has_its_line():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    paper = (ROOT / "docs" / "decisions" / "0009-dependencies.md").read_text()

    assert without_a_line(project, paper) == []
    assert without_a_line(project, paper.replace("| granian |", "| gunicorn |")) == ["granian"]
    assert without_a_line(project, paper.replace("| redis |", "| valkey |")) == ["redis"]
