"""The log of answers is appended, never changed. The database itself refuses everything else.

An entry `erased` lets the other entries of its attempt be deleted: that is how a person's words go when they do.
A later migration that makes SQLite rebuild the table loses these triggers and must lay them again.
"""

from django.db import migrations

TABLE = "questions_answerentry"
MAY_GO = (
    f"OLD.kind <> 'erased' AND EXISTS (SELECT 1 FROM {TABLE} WHERE attempt = OLD.attempt AND kind = 'erased')"
)
SQLITE = [
    f"""
    CREATE TRIGGER answer_is_never_changed BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'An answer in the log is never changed.'); END
    """,
    f"""
    CREATE TRIGGER answer_is_never_deleted BEFORE DELETE ON {TABLE}
    WHEN NOT ({MAY_GO})
    BEGIN SELECT RAISE(ABORT, 'An answer in the log is deleted only with its person.'); END
    """,
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION questions_answer_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            RAISE EXCEPTION 'An answer in the log is never changed.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NOT ({MAY_GO}) THEN
            RAISE EXCEPTION 'An answer in the log is deleted only with its person.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
    f"""
    CREATE TRIGGER answer_is_never_changed BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION questions_answer_is_never_changed()
    """,
]
REVERSE = {
    "sqlite": ["DROP TRIGGER answer_is_never_changed", "DROP TRIGGER answer_is_never_deleted"],
    "postgresql": [
        f"DROP TRIGGER answer_is_never_changed ON {TABLE}",
        "DROP FUNCTION questions_answer_is_never_changed()",
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
    dependencies = [("questions", "0001_initial")]
    # The hint lets the router lay the triggers where the table is.
    operations = [migrations.RunPython(forwards, backwards, hints={"model_name": "answerentry"})]
