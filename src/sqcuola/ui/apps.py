from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "sqcuola.ui"
    label = "ui"

    def ready(self) -> None:
        """Let Django's forms speak as the house does."""
        from sqcuola.ui import words  # noqa: PLC0415 - Django's forms can be imported once the apps stand

        words.teach_forms()
