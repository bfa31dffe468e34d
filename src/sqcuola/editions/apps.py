from importlib import import_module

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "sqcuola.editions"
    label = "editions"

    def ready(self) -> None:
        import_module("sqcuola.editions.acts")
        import_module("sqcuola.editions.audiences").register()
        rulebook, rules_text = (
            import_module(f"sqcuola.editions.{name}") for name in ("rulebook", "rules_text")
        )
        rulebook.register("editions", rules_text.write)
