"""How people get in: an address, a code, a name, a password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from sqcuola.people.models import Person


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "inputmode": "email"}),
        error_messages={
            "required": _("Write your mail address: the code goes there."),
            "invalid": _("This does not look like a mail address. Is there an @ and a dot?"),
        },
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class NewAddressForm(AddressForm):
    """The address that one wants from now on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your new mail address")
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class OtherAccountForm(AddressForm):
    """The address of the account that is to become part of this one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("The mail address of the other account")
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The six digits"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short digits"}
        ),
        error_messages={"required": _("Copy the six digits from the mail.")},
    )


class NameForm(forms.ModelForm[Person]):
    class Meta:
        model = Person
        fields = ("name",)
        labels = {"name": _("What is your name?")}
        help_texts = {"name": _("As you want others to call you. You can change it.")}
        error_messages = {"name": {"required": _("Write the name you want to go by.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class PasswordEntryForm(AddressForm):
    password = forms.CharField(
        label=_("Your password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password, or ask for a code instead.")},
    )


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("The new password"),
        max_length=200,
        strip=False,
        help_text=_(
            "At least 12 characters. Four words that have nothing to do with each other are a good one."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write the new password.")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:

        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password


class AgainForm(forms.Form):
    """A code by mail, or the password of who has one."""

    code = forms.CharField(
        label=_("The six digits"),
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short digits"}
        ),
    )
    password = forms.CharField(
        label=_("Your password"),
        required=False,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not person.has_usable_password():
            del self.fields["password"]
        if not self.is_bound:
            self._ask_for_each()

    def _ask_for_each(self) -> None:
        """Show no field as optional: each stands in a form of its own, where it is all that is asked."""
        for field in self.fields.values():
            field.required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._ask_for_each()
        if not cleaned.get("code") and not cleaned.get("password"):
            raise forms.ValidationError(_("Copy the six digits from the mail."))
        return cleaned


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, erase me. I know that it cannot be undone."),
        error_messages={"required": _("Tick it if you are sure. Nothing has happened yet.")},
    )
