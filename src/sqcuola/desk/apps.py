from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sqcuola.desk"
    label = "desk"
