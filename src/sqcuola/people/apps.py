from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sqcuola.people"
    label = "people"
