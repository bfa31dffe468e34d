from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "sqcuola.admissions"
    label = "admissions"
