from importlib import import_module

from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "sqcuola.front"
    label = "front"

    def ready(self) -> None:
        import_module("sqcuola.front.frame").register()
        # Whoever is in a test by its code alone finds no page but the test, and these, where one asks for help.
        for name in ("front:questions", "front:search"):
            import_module("sqcuola.people.links").keep_open(name)
