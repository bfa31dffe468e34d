from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from sqcuola.people import whither


class MarkingConfig(AppConfig):
    name = "sqcuola.marking"
    label = "marking"
    verbose_name = _("Marking")

    def ready(self) -> None:
        import_module("sqcuola.marking.merging").register()
        whither.register(_("You come in to read."), ["marking:desk", "marking:paper"])
