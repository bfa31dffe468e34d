from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "sqcuola.notices"
    label = "notices"
