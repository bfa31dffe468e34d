from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from sqcuola.people import whither


class MarkingConfig(AppConfig):
    name = "sqcuola.marking"
    label = "marking"
    verbose_name = _("Marking")

    def ready(self) -> None:
        from sqcuola.people import links  # noqa: PLC0415 - reads models

        for name in ("texts", "merging"):
            import_module(f"sqcuola.marking.{name}").register()
        # A reader may work by the link of a mail alone: it opens the desk of one round and nothing else.
        links.widen("marking:desk", "marking:paper", "marking:close", "marking:hand_back")
        whither.register(_("You come in to read."), ["marking:desk", "marking:paper"])
