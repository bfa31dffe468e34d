"""Where the log of answers lives: its own database file on SQLite, a table like any other on PostgreSQL."""

from typing import Any

from django.conf import settings

ANSWERS_APP = "questions"
ANSWERS_MODELS = {"answerentry"}


def migrated_in(alias: str) -> list[str]:
    """Return the apps to name to `migrate` for a database: none for that of everything, which takes them all.

    The file of answers has one table. Walking all migrations for it too would make the first start seconds longer.
    """
    return [ANSWERS_APP] if alias == "answers" else []


class AnswersRouter:
    """Sends the models named above to the database `answers` where there is one, and all others away from it."""

    def db_for_read(self, model: Any, **_hints: Any) -> str | None:
        return self._alias(model._meta.app_label, model._meta.model_name)

    def db_for_write(self, model: Any, **_hints: Any) -> str | None:
        return self._alias(model._meta.app_label, model._meta.model_name)

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **_hints: Any
    ) -> bool | None:
        if "answers" not in settings.DATABASES:
            return None
        here = app_label == ANSWERS_APP and model_name in ANSWERS_MODELS
        return here == (db == "answers")

    def _alias(self, app_label: str, model_name: str) -> str | None:
        if app_label == ANSWERS_APP and model_name in ANSWERS_MODELS and "answers" in settings.DATABASES:
            return "answers"
        return None
