"""What a form says when something is missing or does not fit: a sentence that helps, not a label."""

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


def teach_forms() -> None:
    """Give Django's fields the house's sentences."""
    forms.Field.default_error_messages["required"] = _("An answer is needed here.")
    forms.FileField.default_error_messages["empty"] = _("This file is empty: choose another one.")
    forms.FileField.default_error_messages["missing"] = _("No file has arrived: choose it again.")
    forms.ImageField.default_error_messages["invalid_image"] = _("This is not a picture that we can open.")
    forms.DateField.default_error_messages["invalid"] = _("Write the day like this: 8/2/2027.")
    forms.TimeField.default_error_messages["invalid"] = _("Write the time like this: 18:30.")
    forms.IntegerField.default_error_messages["invalid"] = _("Write a whole number.")
    for field in (forms.ChoiceField, forms.ModelChoiceField):
        field.default_error_messages["invalid_choice"] = _("Choose one of those that are listed.")
    validators.validate_email.message = _(
        "This does not look like a mail address: there is a name, an @, and a domain."
    )
    validators.MinValueValidator.message = _("Write a number from %(limit_value)s up.")
    validators.MaxValueValidator.message = _("Write a number up to %(limit_value)s.")
    validators.MaxLengthValidator.message = ngettext_lazy(
        "At most %(limit_value)d character fits here: now there are %(show_value)d.",
        "At most %(limit_value)d characters fit here: now there are %(show_value)d.",
        "limit_value",
    )
