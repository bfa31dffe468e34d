from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse

from sqcuola.ui import frame


class PeopleConfig(AppConfig):
    name = "sqcuola.people"
    label = "people"

    def ready(self) -> None:
        import_module("sqcuola.people.merging_own")
        frame.register_me(me)


def me(request: HttpRequest) -> frame.Me | None:
    """Say who looks, for the corner of the top bar."""
    person = request.user
    if not person.is_authenticated:
        return None
    return frame.Me(name=str(person), key=str(person.pk), url=reverse("people:me"))
