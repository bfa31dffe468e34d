from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from sqcuola.people import whither
from sqcuola.ui import frame


class DeskConfig(AppConfig):
    name = "sqcuola.desk"
    label = "desk"

    def ready(self) -> None:
        frame.register_places(import_module("sqcuola.desk.frame").places)
        import_module("sqcuola.desk.reminders").register()
        whither.register(_("You come in to your desk: what is to do, in order."), ["desk:desk"])
        whither.register(
            _("You come in to run an edition."), ["desk:cockpit", "desk:applications", "desk:application"]
        )
