"""Whom a candidate asks for help: the contact of an edition, or where none is set who coordinates it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import QuerySet

from sqcuola.editions.models import Edition, Role
from sqcuola.editions.queries import lasting
from sqcuola.kernel.prepared import prepared

PHONE: Final = re.compile(r"\+?[0-9][0-9 ]*")
FEWEST: Final = 3  # 112 is a number


@dataclass(frozen=True, slots=True)
class Contact:
    """Who helps, and how to reach them. `page` is where one asks in writing, when there is neither phone nor address."""

    name: str
    phone: str = ""
    mail: str = ""
    page: str = ""

    @property
    def dialled(self) -> str:
        """Return the number as a phone takes it."""
        return self.phone.replace(" ", "")

    def __str__(self) -> str:
        page = f"{settings.SITE_URL}{self.page}" if self.page else ""
        return ", ".join(part for part in (self.name, self.phone, self.mail, page) if part)


def is_phone(typed: str) -> bool:
    """Say whether this can be dialled: digits and spaces, with or without a + before them."""
    return PHONE.fullmatch(typed) is not None and sum(letter.isdigit() for letter in typed) >= FEWEST


def contact_of(edition: Edition, at: datetime) -> Contact:
    """Return whom to ask for help with an edition; without a contact of its own, who coordinates it, in public."""
    if edition.contact_name:
        return Contact(edition.contact_name, edition.contact_phone, edition.contact_mail)
    # The public face stands above: its pages are known by the edition's address.
    return Contact(_coordinators.first(edition.pk, at) or "", page=f"{edition.path}questions/")


@prepared
def _coordinators(edition: int, at: datetime) -> QuerySet[Role, str]:
    held = Role.objects.filter(lasting(at), edition=edition, kind=Role.Kind.COORDINATOR)
    return held.order_by("begins", "pk").values_list("person__name", flat=True)[:1]
