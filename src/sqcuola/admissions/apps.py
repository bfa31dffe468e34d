from importlib import import_module

from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "sqcuola.admissions"
    label = "admissions"

    def ready(self) -> None:
        import_module("sqcuola.admissions.acts")
