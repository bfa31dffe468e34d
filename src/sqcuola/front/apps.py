from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "sqcuola.front"
    label = "front"
