"""Two schools that differ in one thing, how many apply; and the switch between them inside one process."""

import copy
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bench import crowd, places
from django.core.cache import cache as memory
from django.db import connections

from sqcuola.config.world import building
from sqcuola.front import cache as kept
from sqcuola.kernel import clock

SIZES = (360, 3600)
BASE = "base"


def build(sizes: tuple[int, ...] = SIZES, say: Callable[[str], object] = print) -> dict[int, places.Places]:
    """Build a world, copy it once a size, and let so many people apply in each copy."""
    at = clock.now()
    world = building.build(at - places.AGO)
    base = places.prepare(world, at)
    built = {}
    for size in sizes:
        _copy(str(size))
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


def _copy(size: str) -> None:
    """Make a copy of the world as it stands in the first database."""
    if connections["default"].vendor == "postgresql":
        _copy_on_postgres(size)
        return
    for alias in connections:
        path = Path(connections[alias].settings_dict["NAME"])
        home = path.parent.parent if path.parent.name.startswith("bench_") else path.parent
        connections[alias].close()
        target = home / f"bench_{size}" / path.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes((home / path.name).read_bytes())


def _copy_on_postgres(size: str) -> None:
    connection = connections["default"]
    connection.close()
    first = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "template1"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "bench_{size}" TEMPLATE "{BASE}"')
    finally:
        connection.close()
        connection.settings_dict["NAME"] = first


def _analyse() -> None:
    """Let PostgreSQL look at what was written in bulk, as it does by itself within a minute."""
    if connections["default"].vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def settle() -> None:
    """Close what is open."""
    for alias in connections:
        with suppress(Exception):
            connections[alias].close()
