from importlib import import_module

from django.apps import AppConfig


class ClassroomConfig(AppConfig):
    name = "sqcuola.classroom"
    label = "classroom"

    def ready(self) -> None:
        for name in ("texts", "merging"):
            import_module(f"sqcuola.classroom.{name}").register()
