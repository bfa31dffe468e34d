"""A room knows only the rooms below it: by import, by relation, by migration, by template, by url name."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.urls import URLResolver, get_resolver
from tests.house.tree import PACKAGE, ROOT, Floors, files, floors, rooms

INCLUDE = re.compile(r"""\{%\s*(?:include|extends|partial)\s+["'](\w+)/[^"']+["']""")
COMPONENT = re.compile(r"<c-([a-z0-9.-]+)")
URL_TAG = re.compile(r"""\{%\s*url\s+["'](\w+):([\w-]+)["']""")
URL_NAME = re.compile(r"(\w+):([a-z][\w-]*)")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_imports_keep_to_the_floors():
    answer = lint(ROOT)

    assert answer.returncode == 0, answer.stdout


def test_the_import_check_can_fail(tmp_path):
    (tmp_path / ".importlinter").write_text((ROOT / ".importlinter").read_text())
    for room in rooms():
        (tmp_path / "src" / "sqcuola" / room).mkdir(parents=True)
        (tmp_path / "src" / "sqcuola" / room / "__init__.py").touch()
    (tmp_path / "src" / "sqcuola" / "__init__.py").touch()
    (tmp_path / "src" / "sqcuola" / "admissions" / "rules.py").write_text("import sqcuola.classroom\n")
    (tmp_path / "src" / "sqcuola" / "methods" / "lots.py").write_text("import django\n")

    answer = lint(tmp_path)

    assert answer.returncode == 1
    assert "sqcuola.admissions is not allowed to import sqcuola.classroom" in answer.stdout
    assert "sqcuola.methods is not allowed to import django" in answer.stdout


def relations(house: Floors, models) -> list[str]:
    found = []
    for model in models:
        room = model._meta.app_label
        for field in model._meta.get_fields(include_hidden=False):
            other = field.related_model if field.is_relation and not field.auto_created else None
            if field.is_relation and field.related_model is None:
                found.append(f"{room}.{model.__name__}.{field.name} is a generic relation")
            label = other._meta.app_label if other is not None else room
            if label in house.by_room and not house.may_know(room, label):
                found.append(f"{room}.{model.__name__}.{field.name} points up to {label}")
    return found


def test_relations_keep_to_the_floors():
    house = floors()

    assert relations(house, [m for m in apps.get_models() if m._meta.app_label in house.by_room]) == []


def test_the_relation_check_can_fail():
    upside_down = Floors({room: -level for room, level in floors().by_room.items()})

    assert relations(upside_down, [apps.get_model("editions", "Edition")]) == []
    assert "editions.Role.person points up to people" in relations(
        upside_down, apps.get_app_config("editions").get_models()
    )


def migration_dependencies(house: Floors, migrations) -> list[str]:
    return [
        f"{room}.{name} depends on {other}"
        for (room, name), migration in migrations.items()
        if room in house.by_room
        for other, _name in migration.dependencies
        if other in house.by_room and not house.may_know(room, other)
    ]


def test_migrations_keep_to_the_floors():
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations

    assert migration_dependencies(floors(), migrations) == []
    upside_down = Floors({room: -level for room, level in floors().by_room.items()})
    assert migration_dependencies(upside_down, migrations) != []


def component_owners(package: Path) -> dict[str, str]:
    owners = {}
    for room in rooms(package):
        folder = package / room / "templates" / "components"
        for path in folder.rglob("*.html"):
            name = path.relative_to(folder).with_suffix("").as_posix().replace("/", ".").replace("_", "-")
            owners[name.removesuffix(".index")] = room
    return owners


def template_knowledge(house: Floors, package: Path) -> list[str]:
    """Say which templates know what is above them, or use a component that nobody owns."""
    found, owners = [], component_owners(package)
    for room in rooms(package):
        for path in files(package / room / "templates", ".html", ".txt", ".xml"):
            text = path.read_text(encoding="utf-8")
            named = set(INCLUDE.findall(text)) | {other for other, _name in URL_TAG.findall(text)}
            for component in COMPONENT.findall(text):
                if component.startswith(("slot", "vars", "component")):
                    continue
                if component not in owners:
                    found.append(f"{path.relative_to(package)}: nobody owns the component {component}")
                named.add(owners.get(component, room))
            found += [
                f"{path.relative_to(package)} knows {other}"
                for other in sorted(named & set(house.by_room))
                if not house.may_know(room, other)
            ]
    return found


def python_url_names(package: Path, namespaces: set[str]) -> list[tuple[Path, str, str]]:
    """Return (file, namespace, name) for each string that is a url's name."""
    found = []
    for path in files(package, ".py", tests=False):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                match = URL_NAME.fullmatch(node.value)
                if match and match[1] in namespaces:
                    found.append((path, match[1], match[2]))
    return found


def url_knowledge(house: Floors, package: Path) -> list[str]:
    return [
        f"{path.relative_to(package)} names {namespace}:{name}"
        for path, namespace, name in python_url_names(package, set(house.by_room))
        if not house.may_know(path.relative_to(package).parts[0], namespace)
    ]


def test_templates_and_url_names_keep_to_the_floors():
    assert template_knowledge(floors(), PACKAGE) == []
    assert url_knowledge(floors(), PACKAGE) == []


def test_the_template_and_url_checks_can_fail(tmp_path):
    for room in ("ui", "people", "desk"):
        (tmp_path / room / "templates" / room).mkdir(parents=True)
        (tmp_path / room / "__init__.py").touch()
    (tmp_path / "desk" / "templates" / "components").mkdir()
    (tmp_path / "desk" / "templates" / "components" / "todo.html").touch()
    (tmp_path / "people" / "templates" / "people" / "me.html").write_text(
        "{% extends 'ui/page.html' %}{% include \"editions/line.html\" %}{% url 'desk:desk' %}<c-todo /><c-none />"
    )
    (tmp_path / "ui" / "templates" / "ui" / "page.html").write_text('{% url "people:me" %}')
    (tmp_path / "people" / "views.py").write_text("redirect('desk:desk'); redirect('people:me')\n")

    assert template_knowledge(floors(), tmp_path) == [
        "people/templates/people/me.html: nobody owns the component none",
        "people/templates/people/me.html knows desk",
        "people/templates/people/me.html knows editions",
        "ui/templates/ui/page.html knows people",
    ]
    assert url_knowledge(floors(), tmp_path) == ["people/views.py names desk:desk"]


def names(resolver: URLResolver, namespace: str = "") -> set[str]:
    found = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            found |= names(entry, inner)
        elif entry.name:
            found.add(f"{namespace}:{entry.name}" if namespace else entry.name)
    return found


def test_every_url_that_is_named_exists():
    known = names(get_resolver())
    namespaces = {name.split(":")[0] for name in known if ":" in name} & set(floors().by_room)
    used = {f"{space}:{name}" for _path, space, name in python_url_names(PACKAGE, namespaces)}
    for path in files(PACKAGE, ".html", ".txt", ".xml", tests=False):
        used |= {f"{space}:{name}" for space, name in URL_TAG.findall(path.read_text(encoding="utf-8"))}

    assert used - known == set()
