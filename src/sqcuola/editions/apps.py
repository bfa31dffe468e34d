from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "sqcuola.editions"
    label = "editions"
