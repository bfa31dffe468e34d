from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sqcuola.ui import frame


class DeskConfig(AppConfig):
    name = "sqcuola.desk"
    label = "desk"

    def ready(self) -> None:
        frame.register_places(places)


def places(request: HttpRequest) -> list[frame.Place]:
    """Lead everybody who is signed in to their desk."""
    if not request.user.is_authenticated:
        return []
    return [frame.Place(_("Desk"), reverse("desk:desk"), order=10)]
