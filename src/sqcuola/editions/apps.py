from importlib import import_module

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "sqcuola.editions"
    label = "editions"

    def ready(self) -> None:
        import_module("sqcuola.editions.acts")
        for name in ("audiences", "circles", "merging", "rules_text", "searching", "frame"):
            import_module(f"sqcuola.editions.{name}").register()
