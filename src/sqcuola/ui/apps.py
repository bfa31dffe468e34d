from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "sqcuola.ui"
    label = "ui"

    def import_models(self) -> None:
        """Let Django's forms speak as the house does, before any room gets ready and imports its own."""
        super().import_models()
        from sqcuola.ui import words  # noqa: PLC0415 - Django's forms can be imported once the apps stand

        words.teach_forms()
