from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sqcuola.people import whither
from sqcuola.ui import frame
from sqcuola.ui.addresses import address


class PeopleConfig(AppConfig):
    name = "sqcuola.people"
    label = "people"
    verbose_name = _("People and ways in")

    def ready(self) -> None:
        import_module("sqcuola.people.merging_own")
        whither.register(
            _("You come in to see what is yours, and who may read it."),
            [f"people:{name}" for name in ("me", "profile", "privacy", "consents", "data")],
        )
        frame.register_me(me)
        frame.register_way_in(way_in)


def me(request: HttpRequest) -> frame.Me | None:
    """Say who looks, for the corner of the top bar."""
    from sqcuola.people.links import is_whole  # noqa: PLC0415 - reads models
    from sqcuola.people.queries import portrait_url  # noqa: PLC0415 - the same

    if not is_whole(request):
        return None
    person: Any = request.user
    return frame.Me(
        name=str(person), key=str(person.pk), url=address("people:me"), photo=portrait_url(person)
    )


def way_in() -> frame.Place:
    """Say where one signs in. Who is already signed in is led to their desk from there."""
    return frame.Place(_("Sign in"), address("people:enter"))
