"""The index proper: an FTS5 table that triggers keep on SQLite, generated vectors with GIN indexes on PostgreSQL. Both over ready-made stems."""

from django.db import migrations

COLUMNS = ["stems", "title_stems", "title_words"]
LISTED = ", ".join(COLUMNS)


def values(row):
    return ", ".join(f"{row}.{column}" for column in COLUMNS)


TAKE_OUT = (
    f"INSERT INTO kernel_search (kernel_search, rowid, {LISTED}) VALUES ('delete', old.id, {values('old')});"
)
PUT_IN = f"INSERT INTO kernel_search (rowid, {LISTED}) VALUES (new.id, {values('new')});"

STATEMENTS = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE kernel_search USING fts5({LISTED}, content='kernel_searchentry', content_rowid='id')",
        f"CREATE TRIGGER search_put AFTER INSERT ON kernel_searchentry BEGIN {PUT_IN} END",
        f"CREATE TRIGGER search_removed AFTER DELETE ON kernel_searchentry BEGIN {TAKE_OUT} END",
        f"CREATE TRIGGER search_changed AFTER UPDATE ON kernel_searchentry BEGIN {TAKE_OUT} {PUT_IN} END",
    ],
    # Stored, so that a plan that does not take the index has nothing to compute either.
    "postgresql": [
        statement
        for column in COLUMNS
        for statement in (
            f"ALTER TABLE kernel_searchentry ADD COLUMN {column}_vector tsvector "
            f"GENERATED ALWAYS AS (to_tsvector('simple', {column})) STORED",
            f"CREATE INDEX search_{column} ON kernel_searchentry USING gin ({column}_vector)",
        )
    ],
}
REVERSE = {
    "sqlite": [
        "DROP TRIGGER search_put",
        "DROP TRIGGER search_removed",
        "DROP TRIGGER search_changed",
        "DROP TABLE kernel_search",
    ],
    "postgresql": [f"ALTER TABLE kernel_searchentry DROP COLUMN {column}_vector" for column in COLUMNS],
}


def forwards(_apps, editor):
    for statement in STATEMENTS[editor.connection.vendor]:
        editor.execute(statement, params=None)


def backwards(_apps, editor):
    for statement in REVERSE[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_act_triggers")]
    operations = [migrations.RunPython(forwards, backwards)]
