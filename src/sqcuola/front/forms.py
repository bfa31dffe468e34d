"""What a visitor may write."""

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Your question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is answered here, for everybody, and nobody reads who asked."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Your mail address"), required=False, max_length=254,
        help_text=_("Only if you want the answer in your mailbox too."),
    )  # fmt: skip
