from importlib import import_module

from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "sqcuola.front"
    label = "front"

    def ready(self) -> None:
        import_module("sqcuola.front.frame").register()
