from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "sqcuola.kernel"
    label = "kernel"
