from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from sqcuola.people import whither

# The same sentence whether somebody has begun or not: before they come in, nobody is known.
WHITHER = (
    (
        _("You come in to apply, or to go on with your application where you left it."),
        ("apply", "section", "check", "withdraw"),
    ),
    (_("You come in to take the test."), ("test",)),
    (_("You come in to see how the selection ended for you."), ("result",)),
)


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
        stages.register("call", "assessment", "reading", "ranking")
        for sentence, names in WHITHER:
            whither.register(sentence, [f"admissions:{name}" for name in names])
