from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from sqcuola.people import whither


class EditionsConfig(AppConfig):
    name = "sqcuola.editions"
    label = "editions"
    verbose_name = _("Editions, roles and classes")

    def ready(self) -> None:
        import_module("sqcuola.editions.acts")
        for name in ("audiences", "circles", "merging", "rules_text", "searching", "frame"):
            import_module(f"sqcuola.editions.{name}").register()
        whither.register(_("You come in to answer an invitation."), ["editions:invitation"])
