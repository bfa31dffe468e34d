from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from sqcuola.people import whither


class ClassroomConfig(AppConfig):
    name = "sqcuola.classroom"
    label = "classroom"
    verbose_name = _("Classrooms")

    def ready(self) -> None:
        for name in ("texts", "merging"):
            import_module(f"sqcuola.classroom.{name}").register()
        whither.register(_("You come in to answer an invitation."), ["classroom:invitation"])
        whither.register(_("You come in to see the class."), ["classroom:class"])
