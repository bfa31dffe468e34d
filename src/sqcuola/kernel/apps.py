from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

# The small files through which a room speaks to the house: see docs/architecture.md.
OWN = ("working", "outbox", "files")  # what the kernel itself has for worker and schedule
SPOKEN = ("acts", "jobs", "agenda", "lists", "privacy", "edition_parts", "audiences")


class KernelConfig(AppConfig):
    name = "sqcuola.kernel"
    label = "kernel"
    verbose_name = _("Acts, mail and files")

    def ready(self) -> None:
        # Models must be ready first; both register as they are imported.
        from sqcuola.kernel import checks, own_privacy  # noqa: F401, PLC0415

        for name in OWN:
            import_module(f"sqcuola.kernel.{name}")
        for name in SPOKEN:
            autodiscover_modules(name)
