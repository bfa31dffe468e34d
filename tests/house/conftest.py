"""What several checks of the house share."""

from contextlib import ExitStack

import pytest
from django.db import connections, transaction
from tests import access_matrix

from sqcuola.kernel import lists


@pytest.fixture(scope="module")
def whole_cast(django_db_setup, django_db_blocker):
    """Build the cast once for a file: each of its tests (marked `django_db`) undoes what it did."""
    kept = dict(lists._lists)
    with django_db_blocker.unblock(), ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield access_matrix.build_cast()
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    # The cast adds a list, which other tests must not find.
    lists._lists.clear()
    lists._lists.update(kept)
