from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "sqcuola.ui"
    label = "ui"
