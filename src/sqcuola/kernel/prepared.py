"""Queries whose SQL is written once a process, and asked again and again with other values.

Django writes the SQL of a query anew each time: it takes ten times what the database takes to answer. Kept here is what was
written, never an answer: every call asks the database. For the few queries that stand on the pages most people open.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any

from django.db import connections
from django.db.models import Expression, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler


class Blank(Expression):
    """The place of a value in a query that is written before the value is known."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, _compiler: SQLCompiler, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Stand as one parameter, to be replaced by the value."""
        return "%s", (self,)


Converters = dict[int, tuple[list[Callable[..., Any]], Expression]]


@dataclass(frozen=True, slots=True)
class Written[Row]:
    """A query with its SQL, whose parameters hold blanks."""

    rows: QuerySet[Any, Row]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    converters: Converters  # what makes Python's values of the database's, by column

    def asked(self, given: tuple[Any, ...]) -> list[Row]:
        """Ask the database, through a copy of everything that one question changes."""
        connection = connections[self.rows.db]
        values = [connection.ops.adapt_unknown_value(value) for value in given]
        params = tuple(values[one.number] if isinstance(one, Blank) else one for one in self.params)
        compiler = copy(self.compiler)
        compiler.connection = connection  # each thread has its own
        compiler.as_sql = lambda *_args, **_kwargs: (self.sql, params)  # type: ignore[method-assign]
        compiler.get_converters = lambda *_args, **_kwargs: self.converters  # type: ignore[method-assign]
        rows = self.rows.all()
        rows.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
        return list(rows)


class Prepared[*Given, Row]:
    """A query to call with its values: see `prepared`."""

    def __init__(self, write: Callable[[*Given], QuerySet[Any, Row]]) -> None:
        self._write = write
        self._written: dict[int, Written[Row]] = {}
        update_wrapper(self, write)

    def __call__(self, *given: *Given) -> list[Row]:
        """Return the rows for these values."""
        if None in given:
            raise ValueError("NULL equals nothing: a prepared query cannot ask for it by a value.")
        written = self._written.get(len(given))
        if written is None:
            written = self._written[len(given)] = _written(self._write, len(given))
        return written.asked(given)

    def first(self, *given: *Given) -> Row | None:
        """Return the first row for these values, if there is one."""
        return next(iter(self(*given)), None)


def _written[Row](write: Callable[..., QuerySet[Any, Row]], values: int) -> Written[Row]:
    rows = write(*map(Blank, range(values)))
    compiler = rows.query.get_compiler(using=rows.db)
    sql, params = compiler.as_sql()
    columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
    return Written(rows, compiler, sql, tuple(params), compiler.get_converters(columns))


def prepared[*Given, Row](write: Callable[[*Given], QuerySet[Any, Row]]) -> Prepared[*Given, Row]:
    """Prepare a query: a function of numbers, texts and instants, which may stand nowhere but in its conditions.

    It is called once, with blanks for the values; what it asks must not depend on them, nor on language, person or hour.
    A list of values can be its last one, as `*values`: the SQL is kept for each number of them, so let that be small.
    """
    return Prepared(write)


def fill(thing: Model, name: str, rows: list[Any]) -> None:
    """Give a thing the rows that point to it, as `prefetch_related` does, so that `thing.name.all()` asks nothing."""
    manager = getattr(thing, name)
    found = manager.all()
    for row in rows:
        setattr(row, manager.field.name, thing)
    found._result_cache = rows  # noqa: SLF001 - what Django's own prefetching sets
    found._prefetch_done = True  # noqa: SLF001 - the same
    known = thing.__dict__.setdefault("_prefetched_objects_cache", {})
    known[name] = found
