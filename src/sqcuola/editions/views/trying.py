"""What views of settings share: an action that is refused tells it at the form, and keeps what was typed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from sqcuola.editions.models import Edition
from sqcuola.kernel.verdicts import Refused


def tried(form: forms.BaseForm, act: Callable[[], object], *, field: str | None = None) -> bool:
    """Do what a valid form asks. If it is refused, say why at a field (or above the form), and return False."""
    try:
        act()
    except Refused as refusal:
        form.add_error(field if field in form.fields else None, str(refusal.reason))
        return False
    return True


def in_zone(edition: Edition) -> AbstractContextManager[None]:
    """Read and show days and hours as the clocks of the edition do."""
    zone: tzinfo = ZoneInfo(edition.zone)
    return timezone.override(zone)
