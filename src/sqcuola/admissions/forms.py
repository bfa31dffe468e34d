"""One form a section. A draft is kept as it was typed; only handing in asks that nothing is missing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from sqcuola.admissions.models import Accommodation, Application, ApplicationFile, CvItem, LetterQuestion
from sqcuola.kernel.files import StoredFile
from sqcuola.questions.models import Blueprint
from sqcuola.ui.forms import MomentInput

MINIMUM_AGE = 18
MANY = 500


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


class SectionForm(forms.Form):
    """A section, bound to what was typed. `draft_errors` leaves out what is merely not there yet."""

    def draft_errors(self) -> dict[str, list[str]]:
        """Return the errors of what was typed, without the ones that say something is missing."""
        told: dict[str, list[str]] = {}
        for name, errors in self.errors.as_data().items():
            wrong = [text for error in errors if error.code != "required" for text in error.messages]
            if wrong:
                told[name] = wrong
        return told

    def as_draft(self) -> "SectionForm":
        """Keep only the errors a person can mend now, and return the form."""
        kept = self.draft_errors()
        for name in [name for name in self.errors if name not in kept]:
            del self.errors[name]
        return self


class AboutForm(SectionForm):
    name = forms.CharField(
        label=_("Name, as you want to be called"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    born = forms.DateField(
        label=_("Date of birth"),
        help_text=_("We use it only to see that you are of age."),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"],
    )
    town = forms.CharField(
        label=_("Town"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    region = forms.CharField(
        label=_("Region"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "regions", "autocomplete": "off"}),
    )
    employer = forms.CharField(
        label=_("Where you work or study"),
        max_length=120,
        required=False,
        help_text=_("So that nobody who works with you reads what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    channel = forms.ChoiceField(
        label=_("How did you hear of us?"),
        choices=[("", _("choose one")), *Application.Channel.choices],
        help_text=_("It says nothing about you; it tells us where to speak next time."),
    )

    def __init__(self, *args: Any, of_age_on: date, **kwargs: Any) -> None:
        self.of_age_on = of_age_on
        super().__init__(*args, **kwargs)

    def clean_born(self) -> date:
        born: date = self.cleaned_data["born"]
        on = self.of_age_on
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        if age > 120 or born > on:
            raise forms.ValidationError(_("Is the year right?"), code="year")
        if age < MINIMUM_AGE:
            raise forms.ValidationError(
                _("You have to be at least %(years)s years old on the day the call closes."),
                code="age",
                params={"years": MINIMUM_AGE},
            )
        return born


class WordsField(forms.CharField):
    """Words as a person counts them: a new line is one character, though browsers send two.

    `counted`: the page says beside them how many characters are left.
    """

    counted = True

    def to_python(self, value: Any) -> str:
        words = super().to_python(value) or ""
        return words.replace("\r\n", "\n")


class LetterForm(SectionForm):
    def __init__(self, *args: Any, questions: Sequence[LetterQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            answer = self.fields[f"answer_{question.pk}"] = WordsField(
                label=question.words,
                help_text=_joined(question.help, _("At most %(n)s characters.") % {"n": question.longest}),
                max_length=question.longest,
                widget=forms.Textarea(attrs={"rows": 7, "class": "words"}),
                error_messages={
                    "max_length": ngettext_lazy(
                        "It is longer than %(limit_value)d character: it has %(show_value)d. Shorten it before handing in; meanwhile we keep it all.",
                        "It is longer than %(limit_value)d characters: it has %(show_value)d. Shorten it before handing in; meanwhile we keep it all.",
                        "limit_value",
                    )
                },
            )
            # A browser would cut what is pasted, without a word: the house keeps it, and says by how much it is too long.
            del answer.widget.attrs["maxlength"]


def worth(item: CvItem) -> str:
    """Say how many points an item gives."""
    words = ngettext(
        "%(each)s point each, %(most)s at most.",
        "%(each)s points each, %(most)s at most.",
        1 if item.each == 1 else 2,
    )
    return words % {"each": floatformat(item.each, -2), "most": floatformat(item.most, -2)}


Files = Sequence[ApplicationFile]


def _unreadable(files: Files) -> forms.ValidationError | None:
    """Return what is to be said of pictures that could not be drawn anew."""
    names = [file.file.name for file in files if file.file.state == StoredFile.State.REFUSED]
    if not names:
        return None
    words = ngettext(
        "We cannot open %(names)s: take it away, and choose another one.",
        "We cannot open %(names)s: take them away, and choose others.",
        len(names),
    )
    return forms.ValidationError(words % {"names": ", ".join(names)}, "unreadable")


class CvForm(SectionForm):
    """What one has done, item by item. `files` are those that show it, by the item's key."""

    def __init__(
        self, *args: Any, items: Sequence[CvItem], files: Mapping[int, Files] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        self.shown = files or {}
        for item in self.items:
            self.fields[f"number_{item.pk}"] = forms.IntegerField(
                label=item.words,
                help_text=_joined(item.help, worth(item)),
                min_value=0,
                max_value=MANY,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
                error_messages={"invalid": _("Write a whole number, such as 2.")},
            )
            self.fields[f"evidence_{item.pk}"] = forms.CharField(
                label=_("How one can see it"),
                help_text=_("A link, a name, a date, or a file below: what lets us check."),
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @staticmethod
    def fields_of(item: CvItem) -> tuple[str, str]:
        """Return the names of an item's fields: how many, and how one can see it."""
        return f"number_{item.pk}", f"evidence_{item.pk}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for item in self.items:
            number, words = self.fields_of(item)
            files = self.shown.get(item.pk, ())
            if cleaned.get(number) and not cleaned.get(words) and not files:
                told = _("Say how one can see it, or take the number away.")
                self.add_error(words, forms.ValidationError(told, "required"))
            if files and number in cleaned and not cleaned[number]:
                told = _("You put a file here: say how many you have, or take the file away.")
                self.add_error(number, forms.ValidationError(told, "required"))
            if wrong := _unreadable(files):
                self.add_error(words, wrong)
        return cleaned


class HelpForm(SectionForm):
    """What one needs at the test. `files` are the papers that go with it."""

    wanted_percent = forms.TypedChoiceField(
        label=_("More time at the test"),
        choices=Accommodation.More.choices,
        coerce=int,
        required=False,
        empty_value=None,
        initial=0,
    )
    wanted = forms.CharField(
        label=_("What else would help you"),
        help_text=_("A larger print, a screen reader, somebody who writes for you. Say what, not why."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, files: Files = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = files

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if wrong := _unreadable(self.papers):
            self.add_error("wanted", wrong)
        return cleaned


class ConsentsForm(SectionForm):
    shown_as = forms.ChoiceField(
        label=_("If you are admitted, the public list names you"),
        choices=Application.ShownAs.choices,
        widget=forms.RadioSelect,
    )
    rules = forms.BooleanField(label=_("I have read the rules of the call and I accept them"))
    privacy = forms.BooleanField(
        label=_("I have read how the school uses what I write here: to select, and for nothing else")
    )


class DecisionForm(forms.Form):
    percent = forms.TypedChoiceField(
        label=_("More time"), choices=Accommodation.More.choices, coerce=int, widget=forms.RadioSelect
    )
    aids = forms.CharField(
        label=_("Aids"),
        max_length=200,
        required=False,
        help_text=_("What they get, as whoever is there on the day will read it. Never the reason."),
    )

    @staticmethod
    def start_from(accommodation: Accommodation) -> dict[str, Any]:
        """Begin with what was asked for, or with what was decided last."""
        if accommodation.decided_at:
            return {"percent": accommodation.granted_percent, "aids": accommodation.granted}
        return {"percent": accommodation.wanted_percent, "aids": ""}


class TestForm(forms.Form):
    blueprint = forms.ModelChoiceField(
        label=_("Its questions"),
        empty_label=_("choose one"),
        queryset=Blueprint.objects.filter(trial=False).order_by("-created_at"),
        help_text=_("A blueprint says how many questions are drawn from which categories."),
    )
    begins = forms.DateTimeField(label=_("One may begin from"), widget=MomentInput)
    ends = forms.DateTimeField(
        label=_("One may begin until"),
        widget=MomentInput,
        help_text=_("Whoever begins in the last minute still has all their time."),
    )
    minutes = forms.IntegerField(label=_("Minutes for everybody"), min_value=1, max_value=600)
    reason = forms.CharField(
        label=_("Why it changes"),
        max_length=600,
        required=False,
        help_text=_("Needed once the edition is public: people rely on its rules."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("This is before the beginning."))
        return cleaned
