from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClassroomConfig(AppConfig):
    name = "sqcuola.classroom"
    label = "classroom"
    verbose_name = _("Classrooms")

    def ready(self) -> None:
        for name in ("texts", "merging"):
            import_module(f"sqcuola.classroom.{name}").register()
