"""What is typed around tests and banks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sqcuola.questions.models import Bank


class CodeForm(forms.Form):
    """A test-day code."""

    code = forms.CharField(
        label=_("Your test-day code"),
        help_text=_(
            "It is on your receipt: ten letters and numbers. Capitals and spaces make no difference."
        ),
        max_length=24,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class FileForm(forms.Form):
    """A file of questions, and the bank it goes to."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "GIFT, the text format that Moodle writes, or JSON lines, up to 20 MB. Which one it is, we see by looking."
        ),
    )
    bank = forms.CharField(
        label=_("Into which bank"), help_text=_("A new name makes a new bank."), max_length=120
    )
    language = forms.ChoiceField(
        label=_("Language of the questions"), choices=[("it", _("Italian")), ("en", _("English"))]
    )

    @staticmethod
    def bank_names() -> list[str]:
        """Return the names that can be chosen."""
        return list(Bank.objects.filter(trial=False).order_by("name").values_list("name", flat=True))
