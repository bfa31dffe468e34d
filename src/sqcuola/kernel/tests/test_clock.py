"""All processes of a rehearsal agree on what time it is."""

from datetime import UTC, datetime, timedelta

import pytest

from sqcuola.kernel import clock


@pytest.fixture(autouse=True)
def real_time():
    yield
    clock.follow(None)
    clock.shift(timedelta())


def ahead():
    return clock.now() - datetime.now(UTC)


def test_a_shared_file_moves_the_clock_and_moves_it_again(tmp_path):
    shared = tmp_path / "clock"
    clock.follow(shared)
    assert abs(ahead()) < timedelta(seconds=5)

    for hours in (48, -3):
        fresh = tmp_path / "new"
        fresh.write_text(str(hours * 3600.0))
        fresh.replace(shared)
        assert abs(ahead() - timedelta(hours=hours)) < timedelta(seconds=5)

    shared.unlink()
    assert abs(ahead()) < timedelta(seconds=5)
