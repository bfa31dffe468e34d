from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "sqcuola.config"
    label = "config"
