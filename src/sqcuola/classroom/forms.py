"""What a coordinator fills in to ask people into a class."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sqcuola.classroom import guests


class GuestsForm(forms.Form):
    """Names and addresses, a person a line, as they are pasted from anywhere."""

    people = forms.CharField(
        label=_("Whom do you ask?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A line each, with name and address: «Nives Rinaldi nives@example.org»."),
    )

    def clean_people(self) -> list[guests.Guest]:
        found, wrong = guests.read(self.cleaned_data["people"])
        if wrong:
            raise forms.ValidationError(wrong)
        return found
