"""What people say of themselves, and who may read it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sqcuola.people import handles
from sqcuola.people.models import Consent, FieldPrivacy, Person, Profile

MOST_COMPETENCES = 12


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As you want others to call you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write the name you want to go by.")},
    )
    portrait = forms.FileField(
        label=_("Portrait"),
        required=False,
        help_text=_("A picture in which one sees your face. Without one we draw your initials."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    shown = forms.BooleanField(
        label=_("Others may see my portrait"),
        required=False,
        help_text=_("Who, you choose under “who reads what”. You can take it back whenever you want."),
    )
    no_portrait = forms.BooleanField(label=_("Take my portrait away"), required=False)
    sentence = forms.CharField(
        label=_("One sentence about you"),
        max_length=200,
        required=False,
        help_text=_("What you would say across a table, in a minute’s rest."),
    )
    town = forms.CharField(
        label=_("Town"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    region = forms.CharField(
        label=_("Region"),
        max_length=60,
        required=False,
        help_text=_("Choose one as you type, or write another place."),
        widget=forms.TextInput(attrs={"list": "regions", "autocomplete": "off"}),
    )
    employer = forms.CharField(
        label=_("Employer or school"),
        max_length=120,
        required=False,
        help_text=_("It also keeps you from judging people you work with."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    competences = forms.CharField(
        label=_("What you can do"),
        max_length=600,
        required=False,
        help_text=_("A few words each, with a comma between: writing headlines, video editing, Excel."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    handle = forms.SlugField(
        label=_("Short name in the address of your page"),
        max_length=40,
        required=False,
        help_text=_("Small letters, digits and hyphens."),
        error_messages={"invalid": _("Only letters without accents, digits and hyphens.")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        kwargs["initial"] = _typed_before(person)
        super().__init__(*args, **kwargs)
        if not Profile.objects.filter(person=person, portrait__isnull=False).exists():
            del self.fields["no_portrait"]
        if Consent.objects.filter(
            person=person, purpose=Consent.Purpose.PORTRAIT, withdrawn_at=None
        ).exists():
            del self.fields["shown"]

    def clean_competences(self) -> list[str]:
        names = [
            part.strip() for part in re.split(r"[,;\n]", self.cleaned_data["competences"]) if part.strip()
        ]
        if len(names) > MOST_COMPETENCES:
            raise forms.ValidationError(_("Twelve at most: the ones you would be asked for."))
        if any(len(name) > 60 for name in names):
            raise forms.ValidationError(
                _("One of these is too long. A few words each, with a comma between.")
            )
        return names

    def clean_handle(self) -> str:
        handle = str(self.cleaned_data["handle"]).lower()
        others = Person.objects.exclude(pk=self.person.pk).filter(handle=handle)
        if handle and (handle in handles.TAKEN_BY_THE_HOUSE or others.exists()):
            raise forms.ValidationError(
                _("This one is taken. Try another, or leave it empty and we find one.")
            )
        return handle


class PrivacyForm(forms.Form):
    """For each field, who may read it."""

    def __init__(self, *args: Any, chosen: dict[str, str], portrait_shown: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in FieldPrivacy.Field:
            self.fields[field.value] = forms.ChoiceField(
                label=str(field.label).capitalize(),
                choices=FieldPrivacy.Audience.choices,
                initial=chosen[field.value],
            )
        if not portrait_shown:
            self.fields[FieldPrivacy.Field.PORTRAIT.value].help_text = _(
                "It counts once you agree that others see it: under “what I agree to”."
            )


def _typed_before(person: Person) -> dict[str, Any]:
    profile = Profile.objects.filter(person=person).first() or Profile()
    return {
        "name": person.name,
        "handle": person.handle or "",
        "competences": ", ".join(
            str(row.competence) for row in person.competences.select_related("competence")
        ),
        **{field: getattr(profile, field) for field in ("town", "region", "employer", "sentence")},
    }
