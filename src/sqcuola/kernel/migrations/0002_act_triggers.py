"""Acts are appended, sealed once and erased at most; the database itself refuses everything else.

A later migration that makes SQLite rebuild kernel_act loses these triggers and must lay them again.
"""

from django.db import migrations

KEPT = ["id", "verb", "scope", "actor_code", "subject_code", "audience", "payload_hash", "at"]
SEAL = ["seq", "hash", "sealed_at"]
CONTENT = ["payload", "salt"]


def condition(same: str) -> str:
    """What an update must be: sealing (from nothing, content untouched) or erasing (to nothing, seal untouched)."""

    def unchanged(columns: list[str]) -> str:
        return " AND ".join(same.format(column=column) for column in columns)

    sealing = f"OLD.seq IS NULL AND NEW.seq IS NOT NULL AND {unchanged(CONTENT)}"
    erasing = f"NEW.payload IS NULL AND NEW.salt IS NULL AND {unchanged(SEAL)}"
    return f"{unchanged(KEPT)} AND (({sealing}) OR ({erasing}))"


SQLITE = [
    f"""
    CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON kernel_act
    WHEN NOT ({condition("NEW.{column} IS OLD.{column}")})
    BEGIN SELECT RAISE(ABORT, 'An act is sealed once or erased, never changed.'); END
    """,
    """
    CREATE TRIGGER act_is_never_deleted BEFORE DELETE ON kernel_act
    BEGIN SELECT RAISE(ABORT, 'An act is never deleted.'); END
    """,
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION kernel_act_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'An act is never deleted.' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NOT ({condition("NEW.{column} IS NOT DISTINCT FROM OLD.{column}")}) THEN
            RAISE EXCEPTION 'An act is sealed once or erased, never changed.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER act_is_never_changed BEFORE UPDATE OR DELETE ON kernel_act
    FOR EACH ROW EXECUTE FUNCTION kernel_act_is_never_changed()
    """,
]
REVERSE = {
    "sqlite": ["DROP TRIGGER act_is_never_changed", "DROP TRIGGER act_is_never_deleted"],
    "postgresql": [
        "DROP TRIGGER act_is_never_changed ON kernel_act",
        "DROP FUNCTION kernel_act_is_never_changed()",
    ],
}


def run(editor, statements):
    for statement in statements:
        editor.execute(statement, params=None)


def forwards(_apps, editor):
    run(editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor])


def backwards(_apps, editor):
    run(editor, REVERSE[editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
