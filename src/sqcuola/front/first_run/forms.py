"""What the first page asks: the code, the school, the person in charge."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sqcuola.editions.forms import SchoolForm


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code"),
        max_length=30,
        help_text=_("Ten letters and digits. The command that started this installation printed them."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "short"}
        ),
    )


class FirstSchoolForm(SchoolForm):
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
