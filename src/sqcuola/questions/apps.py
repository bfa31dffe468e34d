from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "sqcuola.questions"
    label = "questions"
