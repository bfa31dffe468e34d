from importlib import import_module

from django.apps import AppConfig

from sqcuola.ui import frame


class DeskConfig(AppConfig):
    name = "sqcuola.desk"
    label = "desk"

    def ready(self) -> None:
        frame.register_places(import_module("sqcuola.desk.frame").places)
        import_module("sqcuola.desk.reminders").register()
