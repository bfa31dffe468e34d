from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    name = "sqcuola.questions"
    label = "questions"
    verbose_name = _("Questions and tests")

    def ready(self) -> None:
        """Let a session that a code opened reach the whole of its test, and the next person type theirs; say how tests move with a merged account."""
        from sqcuola.people import links  # noqa: PLC0415 - reads models
        from sqcuola.questions import merging  # noqa: PLC0415

        merging.register()
        links.widen(
            "questions:test", "questions:page", "questions:save", "questions:all", "questions:hand_in"
        )
        links.keep_open("questions:code")
