"""What who coordinates fills in to say what an edition asks."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sqcuola.admissions.models import Asked, CvItem, LetterQuestion, Part
from sqcuola.editions.forms import ReasonForm
from sqcuola.editions.models import Edition

SHORTEST, LONGEST = 100, 10_000
HELPS = ("help_it", "help_en")


def _words(label: Any, model: type[Asked], name: str, help_text: Any = "") -> forms.CharField:
    """Return a field for a sentence or two, as long as the column takes."""
    column: Any = model._meta.get_field(name)
    return forms.CharField(
        label=label,
        max_length=column.max_length,
        required=name == "words_it",
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AskedForm(ReasonForm):
    """What a question and an item have in common. A change of the help alone changes no rule, and needs no reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial and "reason" in self.fields:
            self.fields["reason"].help_text = _(
                "One sentence. It stands on the public page, dated. For the help alone none is needed."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("words_it", "words_en", *HELPS):
            if name in cleaned:
                cleaned[name] = " ".join(cleaned[name].split())
        missing = self.errors.as_data().get("reason", [])
        if {*self.changed_data} <= {*HELPS} and any(error.code == "required" for error in missing):
            del self.errors["reason"]
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """Return what is asked, without the reason why it changes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class QuestionForm(AskedForm):
    words_it = _words(_("The question, in Italian"), LetterQuestion, "words_it")
    words_en = _words(
        _("The question, in English"),
        LetterQuestion,
        "words_en",
        _("Without it, who reads in English finds the Italian."),
    )
    longest = forms.IntegerField(
        label=_("How many characters at most?"),
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=1500,
        help_text=_("1,500 characters are about half a printed page."),
        error_messages={
            name: _("Write a number from 100 to 10,000.") for name in ("invalid", "min_value", "max_value")
        },
    )
    help_it = _words(
        _("A line of help, in Italian"),
        LetterQuestion,
        "help_it",
        _("What you expect, and what you do not."),
    )
    help_en = _words(_("A line of help, in English"), LetterQuestion, "help_en")

    field_order = ("words_it", "words_en", "longest", "help_it", "help_en", "reason")


def _points(label: Any, help_text: Any) -> forms.DecimalField:
    """Return a field for points, with a comma or a point before the halves, as one writes at home."""
    above = _("Write a number above zero and below 100, such as 2.")
    return forms.DecimalField(
        label=label,
        min_value=Decimal("0.01"),
        max_digits=4,
        decimal_places=2,
        localize=True,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": above,
            "min_value": above,
            "max_digits": above,
            "max_whole_digits": above,
            "max_decimal_places": _("Two digits after the comma are all that fit."),
        },
    )


class ItemForm(AskedForm):
    words_it = _words(_("What gives points, in Italian"), CvItem, "words_it")
    words_en = _words(
        _("What gives points, in English"),
        CvItem,
        "words_en",
        _("Without it, who reads in English finds the Italian."),
    )
    each = _points(_("How many points for each?"), _("For each year, each project, each language."))
    most = _points(_("How many points at most?"), _("However many there are, it gives no more."))
    help_it = _words(
        _("A line of help, in Italian"), CvItem, "help_it", _("What counts, and how one can see it.")
    )
    help_en = _words(_("A line of help, in English"), CvItem, "help_en")

    field_order = ("words_it", "words_en", "each", "most", "help_it", "help_en", "reason")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        each, most = cleaned.get("each"), cleaned.get("most")
        if each and most and most < each:
            self.add_error("most", _("This is less than one of them gives: write at least as much."))
        return cleaned


class MoveForm(ReasonForm):
    to = forms.TypedChoiceField(
        label=_("In which place?"), coerce=int, help_text=_("Beside each number, what stands there now.")
    )

    field_order = ("to", "reason")

    def __init__(self, *args: Any, rows: list[Asked], edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
        field.choices = [(place, f"{place}. {row.words}") for place, row in enumerate(rows, start=1)]


FORMS: dict[str, type[AskedForm]] = {"letter": QuestionForm, "cv": ItemForm}


def form_of(part: Part, typed: Any, row: Asked | None = None) -> AskedForm:
    """Return the form of a question or an item, filled with what is asked so far."""
    made = FORMS[part.kind]
    names = [name for name in made.base_fields if name != "reason"]
    given = {name: _plain(getattr(row, name)) for name in names} if row else {}
    return made(typed, edition=part.edition, initial=given or None)


def _plain(value: Any) -> Any:
    """Return points as one writes them: 2, and not 2.00."""
    if not isinstance(value, Decimal):
        return value
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
