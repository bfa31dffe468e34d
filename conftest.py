"""What every test of the house starts from."""

import os
import tempfile

# Before Django reads its settings: tests never touch a real home.
os.environ["SQCUOLA_MODE"] = "test"
os.environ.setdefault("SQCUOLA_HOME", tempfile.mkdtemp(prefix="sqcuola-test-"))

import pytest
from django.conf import settings
from tools import messages

# Catalogues are compiled at build; in a checkout, whoever runs tests wants today's words.
messages.compile_all()


@pytest.fixture
def both(db):
    """Give a test the databases of the house: `default`, and `answers` where it is a file of its own."""


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.name.startswith("test_pages"):
            item.add_marker(pytest.mark.pages)
        mark = item.get_closest_marker("django_db")
        if mark is not None and "databases" not in mark.kwargs:
            mark.kwargs["databases"] = list(settings.DATABASES)
