from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "sqcuola.questions"
    label = "questions"

    def ready(self) -> None:
        """Let a session that a code opened reach the whole of its test, and the next person type theirs; say how tests move with a merged account."""
        from sqcuola.people import links  # noqa: PLC0415 - reads models
        from sqcuola.questions import merging  # noqa: PLC0415

        merging.register()
        links.widen(
            "questions:test", "questions:page", "questions:save", "questions:all", "questions:hand_in"
        )
        links.keep_open("questions:code")
