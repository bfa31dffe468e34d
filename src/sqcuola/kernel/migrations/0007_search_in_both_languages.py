"""One thing may stand in the index once in each language. SQLite makes the table anew for that, and loses its triggers."""

from importlib import import_module

from django.db import migrations, models

index = import_module("sqcuola.kernel.migrations.0003_search_index")
TRIGGERS = ("search_put", "search_removed", "search_changed")


def lift(_apps, editor):
    if editor.connection.vendor == "sqlite":
        for name in TRIGGERS:
            editor.execute(f"DROP TRIGGER {name}")


def hold(_apps, editor):
    if editor.connection.vendor == "sqlite":
        for statement in index.STATEMENTS["sqlite"]:
            if statement.startswith("CREATE TRIGGER"):
                editor.execute(statement, params=None)


def empty(apps, _editor):
    """Before it, a key stood there once: a copy of what stands elsewhere may go, and is filled in again."""
    apps.get_model("kernel", "SearchEntry").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("kernel", "0006_acts_by_when")]
    operations = [
        migrations.RunPython(lift, hold),
        migrations.AlterField("searchentry", "key", models.CharField(max_length=80)),
        migrations.AddConstraint(
            "searchentry",
            models.UniqueConstraint(fields=["key", "language"], name="search_entry_once_a_language"),
        ),
        migrations.RunPython(hold, lift),
        migrations.RunPython(migrations.RunPython.noop, empty),
    ]
