"""All databases of the house at one instant, as files, while people go on working; and back."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from sqcuola.config import starting

WAIT = 20  # seconds for a writer to finish


def take(folder: Path) -> list[Path]:
    """Write the databases as they are at one instant into `folder`; return the files."""
    if connection.vendor == "sqlite":
        return _take_sqlite(
            {alias: Path(str(db["NAME"])) for alias, db in settings.DATABASES.items()}, folder
        )
    with _own_connection() as link:
        return list(_take_postgresql(link, folder))


def bring(folder: Path, migrations: dict[str, str]) -> None:
    """Put the databases of `folder`, made after these migrations, in the place of the empty ones; then migrate on."""
    if connection.vendor == "sqlite":
        connections.close_all()
        for alias, database in settings.DATABASES.items():
            name = Path(str(database["NAME"]))
            for leftover in (name, Path(f"{name}-wal"), Path(f"{name}-shm")):
                leftover.unlink(missing_ok=True)
            (folder / f"{alias}.sqlite3").replace(name)
    else:
        _as_they_were(migrations)
        _bring_postgresql(folder)
    starting.migrate()


def applied() -> dict[str, str]:
    """Return the last migration applied in each app: what the tables look like."""
    # Sorted, so that of each app the last one stays.
    return {app: name for app, name in sorted(MigrationLoader(connection).applied_migrations)}  # noqa: C416 - keys repeat


def _take_sqlite(paths: dict[str, Path], folder: Path) -> list[Path]:
    """Hold off writers for as long as it takes to begin a read on each file; then copy what those reads see."""
    made = []
    with ExitStack() as stack:

        def link(path: Path) -> sqlite3.Connection:
            uri = f"{path.as_uri()}?mode=rw"  # never make a database by looking for it
            return stack.enter_context(
                closing(sqlite3.connect(uri, timeout=WAIT, isolation_level=None, uri=True))
            )

        writers = [link(path) for path in paths.values()]
        readers = {alias: link(path) for alias, path in paths.items()}
        for writer in writers:
            writer.execute("BEGIN IMMEDIATE")
        for reader in readers.values():
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for writer in writers:
            writer.execute("ROLLBACK")
        for alias, reader in readers.items():
            target = folder / f"{alias}.sqlite3"
            with closing(sqlite3.connect(target, isolation_level=None)) as copy:
                reader.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            made.append(target)
    return made


def _as_they_were(migrations: dict[str, str]) -> None:
    """Take the empty tables back to the shape they had when the backup was made, and no further back."""
    for app, name in migrations.items():
        if applied().get(app) != name:
            call_command("migrate", app, name, verbosity=0, interactive=False)
    connections.close_all()


@contextmanager
def _own_connection() -> Iterator[psycopg.Connection[Any]]:
    """Give a connection of our own, whose transaction is nobody else's."""
    with psycopg.connect(**connection.get_connection_params()) as link:
        yield link


def _tables(link: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """Return every table with the columns one may write, migrations' own table apart."""
    rows = link.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c"
        " JOIN information_schema.tables t USING (table_schema, table_name)"
        " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'"
        " AND c.is_generated = 'NEVER' AND c.table_name <> 'django_migrations'"
        " ORDER BY c.table_name, c.ordinal_position"
    ).fetchall()
    tables: dict[str, list[str]] = {}
    for table, column in rows:
        tables.setdefault(table, []).append(column)
    return tables


def _copy(table: str, columns: list[str], direction: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), names, sql.SQL(direction))


def _take_postgresql(link: psycopg.Connection[Any], folder: Path) -> Iterator[Path]:
    link.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    for table, columns in _tables(link).items():
        target = folder / f"{table}.copy"
        with target.open("wb") as file, link.cursor() as cursor:
            file.write(("\t".join(columns) + "\n").encode())
            with cursor.copy(_copy(table, columns, "TO STDOUT")) as rows:
                for block in rows:
                    file.write(block)
        yield target


def _bring_postgresql(folder: Path) -> None:
    """Fill the tables in one transaction: keys are checked at its end, and triggers would judge what is already true."""
    with _own_connection() as link:
        tables = sorted(_tables(link))
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        for verb in ("DISABLE", "ENABLE"):
            if verb == "ENABLE":
                _fill(link, folder)
            for table in tables:
                link.execute(
                    sql.SQL("ALTER TABLE {} {} TRIGGER USER").format(sql.Identifier(table), sql.SQL(verb))
                )
            if verb == "DISABLE":
                link.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
        _reset_sequences(link)


def _fill(link: psycopg.Connection[Any], folder: Path) -> None:
    link.execute("SET CONSTRAINTS ALL DEFERRED")
    for source in sorted(folder.glob("*.copy")):
        with source.open("rb") as file, link.cursor() as cursor:
            columns = file.readline().decode().rstrip("\n").split("\t")
            with cursor.copy(_copy(source.stem, columns, "FROM STDIN")) as rows:
                while block := file.read(1 << 20):
                    rows.write(block)
    link.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _reset_sequences(link: psycopg.Connection[Any]) -> None:
    rows = link.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND is_identity = 'YES'"
    ).fetchall()
    for table, column in rows:
        link.execute(
            sql.SQL(
                "SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({c}), 0) + 1, false) FROM {t}"
            ).format(c=sql.Identifier(column), t=sql.Identifier(table)),
            [f'"{table}"', column],
        )
