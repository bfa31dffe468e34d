"""Measures one database, in a process of its own; the settings are production's. Prints JSON: bench/run.py reads it."""

import argparse
import json
import platform
import sys
import sysconfig
from importlib import import_module
from pathlib import Path


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("bench/one.py")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", required=True)
    given = parser.parse_args(arguments)
    from sqcuola.config import starting  # noqa: PLC0415 - the environment decides the settings first

    starting.prepare()
    found = measure(tuple(given.sizes), given.rounds)
    given.out.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    return 0


def measure(sizes: tuple[int, ...], rounds: int) -> dict[str, object]:
    """Build the schools, ask them round after round in turn, and return what was seen."""
    from bench import cases, schools  # noqa: PLC0415
    from bench.harness import Measured, as_rows, median_ratio  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from sqcuola.config.rehearsal.mode import CHEAP_HASHER  # noqa: PLC0415

    settings.PASSWORD_HASHERS = [CHEAP_HASHER]  # what is measured is all of sign-in but the hash
    settings.ROOT_URLCONF = "bench.urls"
    measured: dict[int, Measured] = {}
    for size, places in schools.build(sizes, say=_say).items():
        schools.use(size)
        one, others = cases.of(places)
        measured[size] = Measured(others, one)
    import_module("sqcuola.config.wsgi")  # as a server does once, with whatever it sets for its process
    for number in range(rounds):
        for size, school in measured.items():
            schools.use(size)
            school.warm()
            school.round()
        _say(f"round {number + 1} of {rounds}")
    small, large = measured[sizes[0]], measured[sizes[-1]]
    schools.use(sizes[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = str(cursor.fetchone()[0])
    return {
        "database": {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor],
        "version": version.split(maxsplit=1)[0],
        "python": platform.python_version(),
        "compiled": sysconfig.get_config_var("CONFIG_ARGS") or "",
        "rounds": rounds,
        "sizes": {str(size): as_rows(school.figures()) for size, school in measured.items()},
        "growth": {
            case.name: round(median_ratio(large.taken[case.name], small.taken[case.name]), 3)
            for case in small.cases
        },
    }


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main(sys.argv[1:]))
