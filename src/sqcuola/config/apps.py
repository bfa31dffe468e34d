from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext as _


class ConfigConfig(AppConfig):
    name = "sqcuola.config"
    label = "config"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415 - urls are read once everything is ready

        from sqcuola.desk import desk_page  # noqa: PLC0415 - models are not ready before
        from sqcuola.kernel import clock  # noqa: PLC0415
        from sqcuola.people.models import Person  # noqa: PLC0415
        from sqcuola.ui import dates  # noqa: PLC0415

        dates.register_clock(lambda: clock.now())  # noqa: PLW0108 - the clock may be moved, or set by a test

        def links(person: Person, _at: datetime) -> list[desk_page.Link]:
            if not person.is_administrator:
                return []
            return [
                desk_page.Link(_("The installation"), reverse("config:health"), _("how it is, what failed"))
            ]

        desk_page.register_links(links)
