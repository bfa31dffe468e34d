"""What the first page asks: the code, the school, the person in charge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sqcuola.editions import marks


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code"),
        max_length=30,
        help_text=_("Ten letters and digits. The command that started this installation printed them."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "short"}
        ),
    )


class SchoolForm(forms.Form):
    name = forms.CharField(label=_("What is the school called?"), max_length=120)
    town = forms.CharField(
        label=_("In which town is it?"), max_length=80, required=False, help_text=_("Online is a place too.")
    )
    mark = forms.FileField(
        label=_("Its mark"),
        required=False,
        help_text=_("A small picture, as PNG, JPEG or WebP. Without one, the name is the mark."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )
    person = forms.CharField(
        label=_("What is your name?"),
        max_length=120,
        help_text=_("You are the first person in charge. You can ask others to help."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your mail address"),
        max_length=254,
        help_text=_("You come in with a code that goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_mark(self) -> bytes:
        """Return the mark as it is kept: drawn again."""
        upload: Any = self.cleaned_data.get("mark")
        if not upload:
            return b""
        try:
            return marks.draw(upload, upload.size)
        except marks.UnfitError as why:
            raise forms.ValidationError(str(why)) from None
