from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sqcuola.ui import frame


class PeopleConfig(AppConfig):
    name = "sqcuola.people"
    label = "people"

    def ready(self) -> None:
        import_module("sqcuola.people.merging_own")
        frame.register_me(me)
        frame.register_way_in(way_in)


def me(request: HttpRequest) -> frame.Me | None:
    """Say who looks, for the corner of the top bar."""
    person = request.user
    if not person.is_authenticated:
        return None
    from sqcuola.people.queries import portrait_url  # noqa: PLC0415 - reads models

    return frame.Me(
        name=str(person), key=str(person.pk), url=reverse("people:me"), photo=portrait_url(person)
    )


def way_in() -> frame.Place:
    """Say where one signs in. Who is already signed in is led to their desk from there."""
    return frame.Place(_("Sign in"), reverse("people:enter"))
