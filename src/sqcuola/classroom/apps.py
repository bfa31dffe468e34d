from django.apps import AppConfig


class ClassroomConfig(AppConfig):
    name = "sqcuola.classroom"
    label = "classroom"
