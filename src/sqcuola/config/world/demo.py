"""The world as `sqcuola demo` shows it: built once, with a way in for one person of each role."""

from typing import Final

from sqcuola.config.world import building
from sqcuola.editions.models import School
from sqcuola.kernel import clock

PASSWORD: Final = "si impara facendo"  # noqa: S105 - of people who do not exist, on a machine's own address
WAYS_IN: Final = (
    ("administrator", "runs the installation"),
    ("coordinator", "coordinates the editions"),
    ("marta", "teaches"),
    ("papers", "keeps the requests for help in the test"),
    ("irene", "was in class II"),
    ("nives", "applied to class II and was not admitted"),
    ("mafalda", "has applied to class III"),
    ("ludovica", "has begun an application"),
)


def build() -> list[str]:
    """Build the world if there is no school yet; return a line for each way in."""
    if not School.objects.exists():
        world = building.build(clock.now())
        for key, _who in WAYS_IN:
            world.people[key].set_password(PASSWORD)
            world.people[key].save(update_fields=["password"])
    return ways_in()


def ways_in() -> list[str]:
    """Return how to come in as each: addresses, and the one password they share."""
    from sqcuola.config.world.cast import DOMAIN, STAFF  # noqa: PLC0415 - only for its words

    lines = [
        f"To come in as somebody: /enter/password/ with the password «{PASSWORD}» and one of these addresses."
    ]
    for key, who in WAYS_IN:
        name = STAFF[key].key if key in STAFF else key
        lines.append(f"  {f'{name}@{DOMAIN}':<26} {who}")
    return lines
