"""What is typed in this room."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sqcuola.notices import braces, texts
from sqcuola.notices.models import Hours, Preference
from sqcuola.notices.models.text import LANGUAGES
from sqcuola.notices.texts import FIELD, Said, Text
from sqcuola.ui.forms import ClockInput, MomentInput

WRITTEN = ("name", "edition", "school")  # what a letter to a list can fill
FURTHEST = timedelta(days=60)


class PreferencesForm(forms.ModelForm[Hours]):
    """How one wants to hear of each kind of thing, and when."""

    class Meta:
        model = Hours
        fields = ("quiet_from", "quiet_until", "digest_at")
        widgets = {"quiet_from": ClockInput(), "quiet_until": ClockInput(), "digest_at": ClockInput()}

    def __init__(self, *args: Any, chosen: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = [text for text in texts.all_texts() if text.choice]
        for text in self.kinds:
            self.fields[f"how-{text.key}"] = forms.ChoiceField(
                label=str(text.title),
                choices=Preference.How.choices,
                widget=forms.RadioSelect(attrs={"class": "three"}),
                initial=chosen.get(text.key, text.how),
            )

    def how(self) -> dict[str, str]:
        """Return what was chosen, by kind."""
        return {text.key: self.cleaned_data[f"how-{text.key}"] for text in self.kinds}

    def hours(self) -> Iterator[Any]:
        """Yield the fields of the hours."""
        return (self[name] for name in self._meta.fields or ())

    def choices(self) -> Iterator[Any]:
        """Yield the field of each kind."""
        return (self[f"how-{text.key}"] for text in self.kinds)


class TextForm(forms.Form):
    """One text in both languages."""

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
        for language, _spoken in LANGUAGES:
            into = {"lang": language, "data-fields": "yes"}
            self.fields[f"subject_{language}"] = forms.CharField(
                label=_("Subject, in Italian") if language == "it" else _("Subject, in English"),
                max_length=200,
                widget=forms.TextInput(attrs=into),
            )
            self.fields[f"body_{language}"] = forms.CharField(
                label=_("Words, in Italian") if language == "it" else _("Words, in English"),
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 12, **into}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a name in braces that nothing fills, and words without what the mail is sent for."""
        for name, words in list(self.cleaned_data.items()):
            if unknown := self.text.unknown(braces.kept(str(words))):
                self.add_error(name, _nothing_fills(unknown[0]))
        for language, _spoken in LANGUAGES:
            subject, body = (self.cleaned_data.get(f"{part}_{language}") for part in ("subject", "body"))
            if subject and body and (lacking := self.text.lacking(braces.kept(f"{subject} {body}"))):
                self.add_error(f"body_{language}", _misses(lacking[0], language))
        return self.cleaned_data

    def words(self) -> dict[str, Said]:
        """Return what was typed, by language, as it is kept."""
        typed = self.cleaned_data
        return {
            language: Said(
                braces.kept(typed[f"subject_{language}"]),
                braces.kept(typed[f"body_{language}"].replace("\r\n", "\n")),
            )
            for language, _spoken in LANGUAGES
        }


def _nothing_fills(name: str) -> str:
    return gettext("Nothing fills {%(name)s}: take one of the words below.") % {"name": name}


def _misses(name: str, language: str) -> str:
    words = gettext("Without {%(name)s} this mail is of no use: put it back in.")
    return words % {"name": braces.word(name, language)}


class LetterForm(forms.Form):
    """A letter to a list."""

    subject = forms.CharField(
        label=_("Subject"), max_length=200, widget=forms.TextInput(attrs={"data-fields": "yes"})
    )
    body = forms.CharField(
        label=_("What you want to say"),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 12, "data-fields": "yes"}),
    )
    leaves = forms.DateTimeField(
        label=_("Leaves at"),
        required=False,
        widget=MomentInput(),
        help_text=_("Empty: in ten minutes, so that you can still take it back."),
    )
    once = forms.CharField(max_length=16, widget=forms.HiddenInput)
    many = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, at: datetime, many: int, nobody: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.on_list, self.nobody = at, many, nobody

    def clean(self) -> dict[str, Any]:
        """Refuse names nothing fills, an hour that is over, a list that changed under one's hands."""
        typed = self.cleaned_data
        for name in ("subject", "body"):
            if unknown := sorted(set(FIELD.findall(braces.kept(typed.get(name, "")))) - set(WRITTEN)):
                self.add_error(name, _nothing_fills(unknown[0]))
        leaves = typed.get("leaves")
        if leaves and not self.at < leaves <= self.at + FURTHEST:
            self.add_error("leaves", gettext("Choose an hour that is still to come, within two months."))
        if "many" in typed and typed["many"] != self.on_list:
            self.data = {**cast("QueryDict", self.data).dict(), "many": str(self.on_list)}
            self.add_error(None, gettext("The list has changed meanwhile: look at who is on it now."))
        elif self.nobody:
            self.add_error(None, gettext("Nobody is left to write to."))
        return typed

    def said(self) -> Said:
        """Return the letter as it is kept, its fields in braces."""
        typed = self.cleaned_data
        return Said(braces.kept(typed["subject"]), braces.kept(typed["body"].replace("\r\n", "\n")))
