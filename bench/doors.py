"""Does the time of an answer tell whether an address is known? Asks each door in pairs, known and unknown, in turn.

    .venv/bin/python bench/doors.py [PAIRS]

Prints for each door both medians of CPU time (other work of the machine does not count), and the median of the differences with the
interval it lies in (95 %).
"""

import statistics
import sys
import time
from collections.abc import Callable
from itertools import count

from sqcuola.config import testing  # noqa: F401 - a home of its own, before anything reads the settings

PAIRS = 200
PASSWORD = "una frase che so a memoria"
_numbers = count(1)
Door = Callable[[str], Callable[[], object]]


def main(arguments: list[str]) -> int:
    import logging  # noqa: PLC0415
    import os  # noqa: PLC0415

    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sqcuola.config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    logging.disable(logging.WARNING)
    for database in ("default", "answers"):
        call_command("migrate", database=database, verbosity=0)
    pairs = int(arguments[0]) if arguments else PAIRS
    print(f"| door, {pairs} pairs | known, CPU-ms | unknown, CPU-ms | median difference | 95 % interval |")
    print("|---|---|---|---|---|")
    for name, (door, with_password) in doors().items():
        print(line(name, *measure(door, pairs, with_password=with_password)))
    return 0


def measure(door: Door, pairs: int, *, with_password: bool) -> tuple[list[float], list[float]]:
    """Ask a door for known and unknown addresses by turns, the order changing, after a few that do not count."""
    known, unknown = [], []
    for number in range(-5, pairs):
        kinds = [(known, person(with_password=with_password)), (unknown, f"u{next(_numbers)}@example.org")]
        for taken, email in kinds if number % 2 else reversed(kinds):
            ask = door(email)
            began = time.process_time()
            ask()
            lasted = (time.process_time() - began) * 1000
            if number >= 0:
                taken.append(lasted)
    return known, unknown


def line(name: str, known: list[float], unknown: list[float]) -> str:
    differences = sorted(one - other for one, other in zip(known, unknown, strict=True))
    # The median of n lies between these two of them, in 95 of 100 cases: the binomial's own bounds.
    around = 0.98 * len(differences) ** 0.5
    low = differences[max(0, int(len(differences) / 2 - around))]
    high = differences[min(len(differences) - 1, int(len(differences) / 2 + around))]
    middle = [statistics.median(each) for each in (known, unknown, differences)]
    return f"| {name} | {middle[0]:.2f} | {middle[1]:.2f} | {middle[2]:+.2f} | {low:+.2f} to {high:+.2f} |"


def person(*, with_password: bool) -> str:
    from sqcuola.people.models import Person  # noqa: PLC0415

    made = Person.objects.create_user(f"k{next(_numbers)}@example.org", "Known")
    if with_password:
        made.set_password(PASSWORD)
        made.save(update_fields=["password"])
    return made.email


def elsewhere() -> dict[str, str]:
    """Return another machine each time: the limits of one are not what is measured."""
    number = next(_numbers)
    return {"REMOTE_ADDR": f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"}


def doors() -> dict[str, tuple[Door, bool]]:
    """Return the doors by name; each takes an address, gets ready, and returns what is timed."""
    from django.test import Client  # noqa: PLC0415

    from sqcuola.people.models import Person  # noqa: PLC0415

    def posting(path: str, **typed: str) -> Door:
        def door(email: str) -> Callable[[], object]:
            client = Client(**elsewhere())
            return lambda: client.post(path, {"email": email, **typed})

        return door

    def wrong_code(email: str) -> Callable[[], object]:
        client = Client(**elsewhere())
        client.post("/enter/", {"email": email})
        return lambda: client.post("/enter/code/", {"code": "wrong"})

    def signed_in(path: str) -> Door:
        def door(email: str) -> Callable[[], object]:
            client = Client(**elsewhere())
            client.force_login(Person.objects.get(email=person(with_password=False)))
            kept = client.session
            kept["fresh_at"] = time.time()
            kept.save()
            return lambda: client.post(path, {"email": email})

        return door

    return {
        "a code is asked for": (posting("/enter/"), False),
        "a wrong code is typed": (wrong_code, False),
        "a wrong password, of who has one": (posting("/enter/password/", password="not this one"), True),
        "a wrong password, of who has none": (posting("/enter/password/", password="not this one"), False),
        "another address is asked for": (signed_in("/me/address/"), False),
        "joining is asked for": (signed_in("/me/join/"), False),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
