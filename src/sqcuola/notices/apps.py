from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sqcuola.people import whither
from sqcuola.ui import frame
from sqcuola.ui.addresses import address


class NoticesConfig(AppConfig):
    name = "sqcuola.notices"
    label = "notices"
    verbose_name = _("Notices and letters")

    def ready(self) -> None:
        import_module("sqcuola.notices.acts")
        import_module("sqcuola.notices.jobs")
        import_module("sqcuola.notices.of_editions").register()
        import_module("sqcuola.notices.merging").register()
        whither.register(_("You come in to read what you were told."), ["notices:all"])
        frame.register_places(places)


def places(request: HttpRequest) -> list[frame.Place]:
    """Offer the page of notices to whoever has signed in."""
    from sqcuola.people.links import is_whole  # noqa: PLC0415 - reads models

    if not is_whole(request):
        return []
    return [frame.Place(_("Notices"), address("notices:all"), order=80)]
