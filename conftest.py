"""What every test of the house starts from. The environment stands in sqcuola.config.testing, loaded before settings are."""

import gettext
import json
import os
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from django.utils.translation import trans_real
from tools import messages

pytest_plugins = ["tests.browser", "tests.elsewhere"]

# Catalogues are compiled at build; in a checkout, whoever runs tests wants today's words.
if messages.compile_all():
    # Setting Django up has read the catalogues of yesterday: let it read again.
    gettext._translations.clear()
    trans_real._translations.clear()
    trans_real._default = None


@pytest.fixture(autouse=True, scope="session")
def flush_past_triggers():
    """Let tests with real commits be cleaned up on SQLite, where DELETE meets the triggers (PostgreSQL truncates)."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(case):
        with ExitStack() as lifted:
            for connection in connections.all():
                if connection.vendor == "sqlite":
                    lifted.enter_context(_triggers_lifted(connection))
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@contextmanager
def _triggers_lifted(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE%'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    with connection.cursor() as cursor:
        for _name, sql in triggers:
            cursor.execute(sql)


@pytest.fixture(autouse=True)
def language_of_the_house():
    """Begin each test in the house's language, whatever the request of an earlier one chose."""
    translation.deactivate()


@pytest.fixture
def both(db):
    """Give a test the databases of the house: `default`, and `answers` where it is a file of its own."""


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.name.startswith("test_pages"):
            item.add_marker(pytest.mark.pages)
        if "db" in item.fixturenames and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db)
        if item.get_closest_marker("browser") is not None:
            # The live server's threads leave connections to memory databases for the collector to close.
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning"))
            item.add_marker(
                pytest.mark.filterwarnings(
                    "ignore:Exception ignored in. <sqlite3.Connection:pytest.PytestUnraisableExceptionWarning"
                )
            )
        mark = item.get_closest_marker("django_db")
        if mark is not None and "databases" not in mark.kwargs:
            mark.kwargs["databases"] = list(settings.DATABASES)


def pytest_terminal_summary(terminalreporter):
    """Tell tools/run_tests.py what came of the run, if it asked."""
    if path := os.environ.get("SQCUOLA_TEST_REPORT"):
        stats = terminalreporter.stats
        told = {
            "passed": len(stats.get("passed", [])),
            "failed": len(stats.get("failed", [])) + len(stats.get("error", [])),
            "skipped": [
                {
                    "test": report.nodeid,
                    "reason": report.longrepr[2].removeprefix("Skipped: ") if report.longrepr else "",
                    "interop": "interop" in report.keywords,
                }
                for report in stats.get("skipped", [])
            ],
        }
        Path(path).write_text(json.dumps(told), encoding="utf-8")
