"""Two schools that differ in one thing, how many apply; and the switch between them inside one process."""

import copy
from collections.abc import Callable
from pathlib import Path

from bench import crowd, places
from django.core.cache import cache as memory
from django.db import connections

from sqcuola.config.world import building
from sqcuola.front import cache as kept
from sqcuola.kernel import clock

SIZES = (360, 3600)


def build(sizes: tuple[int, ...] = SIZES, say: Callable[[str], object] = print) -> dict[int, places.Places]:
    """Build a world, copy it once a size, and let so many people apply in each copy."""
    at = clock.now()
    first = {alias: str(connections[alias].settings_dict["NAME"]) for alias in connections}
    world = building.build(at - places.AGO)
    base = places.prepare(world, at)
    built = {}
    for size in sizes:
        _copy(str(size), first)
        use(size)
        built[size] = copy.deepcopy(base)
        crowd.add(built[size], size)
        _analyse()
        say(f"{size} applicants are there")
    return built


def use(size: int) -> None:
    """Answer from the database of that size from here on, and remember nothing of the other."""
    for alias in connections:
        connection = connections[alias]
        connection.close()
        connection.settings_dict["NAME"] = _name(connection.settings_dict["NAME"], str(size))
    kept.forget()
    memory.clear()


def _name(now: str | Path, size: str) -> str:
    """Return the name of a copy: a database on PostgreSQL, a file in a folder of its own on SQLite."""
    if connections["default"].vendor == "postgresql":
        return f"bench_{size}"
    path = Path(now)
    home = path.parent.parent if path.parent.name.startswith("bench_") else path.parent
    return str(home / f"bench_{size}" / path.name)


def _copy(size: str, first: dict[str, str]) -> None:
    """Make a copy of the world as it stands in the first databases."""
    for alias, name in first.items():
        connections[alias].close()
        if connections[alias].vendor == "sqlite":
            target = Path(_name(name, size))
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(Path(name).read_bytes())
        else:
            _copy_on_server(size, name)


def _copy_on_server(size: str, base: str) -> None:
    connection = connections["default"]
    connection.settings_dict["NAME"] = "template1"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "bench_{size}" TEMPLATE "{base}"')
    connection.close()


def _analyse() -> None:
    """Let PostgreSQL look at what was written in bulk, as it does by itself within a minute."""
    if connections["default"].vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
