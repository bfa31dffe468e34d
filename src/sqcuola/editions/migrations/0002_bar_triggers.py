"""The database itself refuses to let somebody judge where they are barred, and the reverse.

On PostgreSQL a lock by person makes two transactions that cannot see each other wait. A later migration that makes SQLite
rebuild editions_role or editions_bar loses these triggers and must lay them again.
"""

from django.db import migrations

JUDGES = "('reader', 'juror', 'coordinator')"
BARRED = "This person cannot judge in this edition."
MONEY = "Who keeps the money does not read, judge or coordinate."

# NEW is a role: is there a bar in its edition (for a role in the whole house: in any) while it lasts?
ROLE_MEETS_BAR = f"""
    NEW.kind IN {JUDGES} AND EXISTS (
        SELECT 1 FROM editions_bar bar WHERE bar.person_id = NEW.person_id
        AND (NEW.edition_id IS NULL OR bar.edition_id = NEW.edition_id)
        AND (NEW.ends IS NULL OR NEW.ends > bar.begins))
"""
# NEW is a bar: does the person judge now or later?
BAR_MEETS_ROLE = f"""
    EXISTS (
        SELECT 1 FROM editions_role role WHERE role.person_id = NEW.person_id AND role.kind IN {JUDGES}
        AND (role.edition_id IS NULL OR role.edition_id = NEW.edition_id)
        AND (role.ends IS NULL OR role.ends > NEW.begins))
"""
# NEW is a role: does the person hold, at the same time, one from the other side?
MONEY_MEETS_JUDGE = f"""
    (NEW.kind = 'treasurer' OR NEW.kind IN {JUDGES}) AND EXISTS (
        SELECT 1 FROM editions_role role WHERE role.person_id = NEW.person_id AND role.id <> NEW.id
        AND ((NEW.kind = 'treasurer' AND role.kind IN {JUDGES}) OR (NEW.kind <> 'treasurer' AND role.kind = 'treasurer'))
        AND (role.edition_id IS NULL OR NEW.edition_id IS NULL OR role.edition_id = NEW.edition_id)
        AND (role.ends IS NULL OR role.ends > NEW.begins) AND (NEW.ends IS NULL OR NEW.ends > role.begins))
"""
CHECKS = [
    ("role_meets_bar", "editions_role", ROLE_MEETS_BAR, BARRED),
    ("money_meets_judge", "editions_role", MONEY_MEETS_JUDGE, MONEY),
    ("bar_meets_role", "editions_bar", BAR_MEETS_ROLE, BARRED),
]


def sqlite():
    for name, table, condition, words in CHECKS:
        for event in ("insert", "update"):
            yield (
                f"CREATE TRIGGER {name}_{event} AFTER {event.upper()} ON {table} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )


def postgresql():
    for table in ("editions_role", "editions_bar"):
        tests = "".join(
            f"IF {condition} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            for _name, of, condition, words in CHECKS
            if of == table
        )
        yield f"""
            CREATE FUNCTION {table}_judges() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock(hashtext('editions_judges'), (NEW.person_id % 2147483647)::int);
                {tests}
                RETURN NEW;
            END $$
        """
        yield (
            f"CREATE TRIGGER {table}_judges AFTER INSERT OR UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_judges()"
        )


def forwards(_apps, editor):
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[editor.connection.vendor]():
        editor.execute(statement, params=None)


def backwards(_apps, editor):
    if editor.connection.vendor == "sqlite":
        for name, _table, _condition, _words in CHECKS:
            editor.execute(f"DROP TRIGGER {name}_insert", params=None)
            editor.execute(f"DROP TRIGGER {name}_update", params=None)
        return
    for table in ("editions_role", "editions_bar"):
        editor.execute(f"DROP TRIGGER {table}_judges ON {table}", params=None)
        editor.execute(f"DROP FUNCTION {table}_judges()", params=None)


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
