"""How this room's rows move when two accounts of one person become one."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sqcuola.editions.models import Bar, Change, Clarification, Invitation, Membership, Role, Seat
from sqcuola.kernel.verdicts import Refused
from sqcuola.people import merging
from sqcuola.people.models import Person


def move(stays: Person, goes: Person, _at: datetime) -> None:
    """Move roles, memberships and seats; refuse where the two together may not be one."""
    both = Seat.objects.filter(holder=goes).values_list("edition", flat=True)
    if Seat.objects.filter(holder=stays, edition__in=list(both)).exists():
        raise Refused(_("Both accounts hold a seat in the same edition: give one back first."))
    try:
        with transaction.atomic():
            merging.carry(Bar, "person", stays, goes, once=("edition",))
            merging.carry(Role, "person", stays, goes, once=("edition", "kind", "ends"))
    except IntegrityError:
        raise Refused(
            _("The two accounts have roles that one person cannot hold together: end one of them first.")
        ) from None
    merging.carry(Membership, "person", stays, goes, once=("group", "ends"))
    merging.carry(Seat, "holder", stays, goes)
    merging.carry(Invitation, "person", stays, goes, once=("edition", "kind", "state"))
    for model, field in ((Invitation, "by"), (Change, "by"), (Clarification, "answered_by")):
        model.objects.filter(**{field: goes}).update(**{field: stays})


def register() -> None:
    merging.register("editions", move)
