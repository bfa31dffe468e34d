"""Addresses by name, each written once a process: a page has twenty, and Django writes each of them anew every time.

An address depends on nothing but its name, its values and where the house stands (its urls, the path a server puts it under).
"""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

MOST = 4096


Named = tuple[tuple[str, object], ...]


@lru_cache(maxsize=MOST, typed=True)
def _written(house: str, _prefix: str, name: str, app: str | None, named: Named, *values: object) -> str:
    return reverse(name, house, values, dict(named), app)


def address(name: str, *values: object, app: str | None = None, **named: object) -> str:
    """Return the path of a named page, as `reverse` does; `app` is the namespace one is in.

    Raises:
        NoReverseMatch: no page is called so, or it takes other values.
    """
    house = get_urlconf() or settings.ROOT_URLCONF
    return _written(house, get_script_prefix(), name, app, tuple(named.items()), *values)
