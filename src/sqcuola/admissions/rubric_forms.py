"""What who coordinates fills in to say by what letters are read, and what they weigh."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sqcuola.admissions.actions.rubric import Looked, Said
from sqcuola.editions.forms import ReasonForm
from sqcuola.editions.models import Edition
from sqcuola.marking.models import Criterion

MOST_POINTS, MOST_READERS = 9, 5


def _line(label: Any, longest: int, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, help_text=help_text)


class CriterionForm(ReasonForm):
    """One criterion: what is looked at, the most it gives, what none, the middle and the most mean."""

    words_it = _line(_("What is looked at, in Italian"), 120, required=True)
    words_en = _line(
        _("What is looked at, in English"), 120, _("Without it, who reads in English finds the Italian.")
    )
    most = forms.IntegerField(
        label=_("How many points at most?"),
        min_value=1,
        max_value=MOST_POINTS,
        initial=5,
        help_text=_("From 1 to 9: one key each."),
    )
    low_it = _line(
        _("No points mean, in Italian"), 200, _("Two readers mean the same when they read the same.")
    )
    low_en = _line(_("No points mean, in English"), 200)
    middle_it = _line(_("The middle means, in Italian"), 200)
    middle_en = _line(_("The middle means, in English"), 200)
    top_it = _line(_("The most means, in Italian"), 200)
    top_en = _line(_("The most means, in English"), 200)

    field_order = (
        "words_it",
        "words_en",
        "most",
        "low_it",
        "low_en",
        "middle_it",
        "middle_en",
        "top_it",
        "top_en",
        "reason",
    )

    @property
    def looked(self) -> Looked:
        """Return the criterion as it was filled in; with one point at most there is no middle."""
        data = {name: " ".join(str(value).split()) for name, value in self.cleaned_data.items()}
        most = self.cleaned_data["most"]
        places = {"low": 0, "middle": middle_of(most), "top": most}
        said = [Said(points, data[f"{name}_it"], data[f"{name}_en"]) for name, points in places.items()]
        return Looked(
            data["words_it"], data["words_en"], most, list({one.points: one for one in said}.values())
        )


def middle_of(most: int) -> int:
    """Return the points that lie in the middle, rather above it: 3 of 5."""
    return most // 2 + most % 2


def criterion_form(typed: Any, edition: Edition, criterion: Criterion | None = None) -> CriterionForm:
    """Return the form of a criterion, filled with what it says so far."""
    given: dict[str, Any] = {}
    if criterion is not None:
        given = {name: getattr(criterion, name) for name in ("words_it", "words_en", "most")}
        names = {0: "low", middle_of(criterion.most): "middle", criterion.most: "top"}
        for anchor in criterion.anchors.all():
            name = names.get(anchor.points, "middle")
            given |= {f"{name}_it": anchor.words_it, f"{name}_en": anchor.words_en}
    return CriterionForm(typed, edition=edition, initial=given or None)


class WeightsForm(ReasonForm):
    letter = forms.IntegerField(
        label=_("How much does the letter weigh, out of a hundred?"),
        min_value=1,
        max_value=99,
        help_text=_("The test weighs the rest."),
    )
    each = forms.IntegerField(
        label=_("How many people read each letter?"),
        min_value=1,
        max_value=MOST_READERS,
        help_text=_("Two who do not know of each other err less than one."),
    )

    field_order = ("letter", "each", "reason")
