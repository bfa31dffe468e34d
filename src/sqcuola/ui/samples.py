"""What the style page shows: sample people, days and forms, so that every component stands there in every state."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Your name"), help_text=_("As you want to be called."), max_length=60)
    town = forms.CharField(label=_("Town"), required=False)
    mail = forms.EmailField(label=_("Mail address"), help_text=_("We write to you here, nowhere else."))


def everything(at: datetime) -> dict[str, Any]:
    """Return all that the style page needs."""
    return {
        "form": SampleForm(),
        "wrong": SampleForm({"name": "", "mail": "nives at example"}),
        "until": at + timedelta(minutes=31, seconds=8),
        "at": at,
    }
