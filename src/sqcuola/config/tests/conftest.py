import pytest

from sqcuola.config.tests.machines import Machine


@pytest.fixture
def machines(tmp_path, db):
    """Make installations, each in a folder of its own; those that are `like` another need no tables made."""
    made = []

    def machine(name: str, like: Machine | None = None, **env: str) -> Machine:
        made.append(Machine(tmp_path, name, like, **env))
        return made[-1]

    yield machine
    for one in made:
        one.leave()
