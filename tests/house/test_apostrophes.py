"""An apostrophe is curly wherever people read: in the sentences of code and templates, and in what the templates say themselves."""

import ast
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po
from tests.house.tree import PACKAGE

STRAIGHT = re.compile(r"\w*[^\W\d_]'[^\W\d_]\w*")
ELIDED = re.compile(r"\w*[^\W\d_]'(?=[^\W\d_]|\s)\w*")  # «di' come» too
BEGINNINGS = (PACKAGE / "admissions/edition_parts.py", *sorted((PACKAGE / "editions/presets").glob("*.py")))
# What a template says to the machine: tags, variables, remarks; then the tags of HTML, with their attributes.
TEMPLATE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
HTML = re.compile(r"<[^>]*>", re.DOTALL)


def in_catalogues(package: Path) -> Iterator[str]:
    for path in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")):
        for message in read_po(BytesIO(path.read_bytes())):
            for said in (message.id, message.string):
                for words in said if isinstance(said, (list, tuple)) else (said,):
                    for found in STRAIGHT.findall(words or ""):
                        yield f"{path.relative_to(package).parts[0]}: {found} in {words!r}"


def in_templates(package: Path) -> Iterator[str]:
    for path in sorted((*package.glob("*/templates/**/*.html"), *package.glob("*/templates/**/*.txt"))):
        words = HTML.sub(" ", TEMPLATE.sub(" ", path.read_text(encoding="utf-8")))
        for found in STRAIGHT.findall(words):
            yield f"{path.relative_to(package)}: {found}"


def in_beginnings(paths: Iterable[Path]) -> Iterator[str]:
    """Find them in the words that a new edition is given, in both languages: no catalogue holds those."""
    for path in paths:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        bodies = (
            node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        )
        docstrings = {ast.get_docstring(node, clean=False) for node in bodies}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value not in docstrings
            ):
                yield from (f"{path.name}: {found}" for found in ELIDED.findall(node.value))


def test_every_apostrophe_that_people_read_is_curly():
    assert [*in_catalogues(PACKAGE), *in_templates(PACKAGE), *in_beginnings(BEGINNINGS)] == []


def test_the_check_can_fail(tmp_path):
    (tmp_path / "room/locale/it/LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "room/templates/room").mkdir(parents=True)
    (tmp_path / "room/locale/it/LC_MESSAGES/django.po").write_text(
        'msgid ""\nmsgstr ""\n\nmsgid "nobody\'s %(n)s"\nmsgid_plural "theirs"\nmsgstr[0] "l’aula"\nmsgstr[1] "dell\'aula"\n'
    )
    (tmp_path / "room/templates/room/page.html").write_text(
        "{# don't #}<p title='it's'>l'ora {{ x|default:'a'}}</p>{% if a == 'b' %}l’aula{% endif %}"
    )

    (tmp_path / "parts.py").write_text(
        '"""It isn\'t read."""\nASKED = ("Di\' come", "un’ora", "an editor\'s")\n'
    )

    assert [*in_catalogues(tmp_path), *in_templates(tmp_path), *in_beginnings([tmp_path / "parts.py"])] == [
        "room: nobody's in \"nobody's %(n)s\"",
        "room: dell'aula in \"dell'aula\"",
        "room/templates/room/page.html: l'ora",
        "parts.py: Di'",
        "parts.py: editor's",
    ]
