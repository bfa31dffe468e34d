from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionsConfig(AppConfig):
    name = "sqcuola.admissions"
    label = "admissions"
    verbose_name = _("Applications and ranking")

    def ready(self) -> None:
        # Rules and models must be ready first.
        from sqcuola.admissions import rulebook, sitting, telling, texts  # noqa: F401, PLC0415
        from sqcuola.editions import stages  # noqa: PLC0415

        rulebook.register_rules()
        sitting.register()
        texts.register_texts()
        import_module("sqcuola.admissions.merging").register()
        stages.register("call", "assessment", "ranking")
