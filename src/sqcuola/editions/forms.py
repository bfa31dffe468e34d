"""What a coordinator fills in."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sqcuola.editions import contacts, marks, queries
from sqcuola.editions.models import Edition, Figure, Phase, Role, School, Voice
from sqcuola.editions.presets import Answers, Preset
from sqcuola.ui.forms import DayInput, MomentInput


class NewEditionForm(forms.Form):
    """All that a new edition asks. Everything else follows from these."""

    title = forms.CharField(
        label=_("What do you call this edition?"),
        max_length=80,
        help_text=_("People will say it: «Class III», «Edition 2027»."),
    )
    subject = forms.CharField(
        label=_("What is taught?"),
        max_length=120,
        required=False,
        help_text=_("In a few words: «Master in Social Media Marketing»."),
    )
    seats = forms.IntegerField(label=_("How many seats?"), min_value=1, max_value=500)
    starts = forms.DateField(label=_("On which day does it begin?"), widget=DayInput)

    def __init__(self, *args: Any, preset: Preset | None, today: date, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.zone = today, zone
        if preset is not None:
            self.fields["starts"].label = str(preset.starts)
        self.fields["starts"].help_text = _(
            "All the other days follow from this one. You can move each of them."
        )

    def clean_starts(self) -> date:
        starts: date = self.cleaned_data["starts"]
        if starts < self.today:
            raise forms.ValidationError(_("This day has passed: choose today or a later one."))
        if starts.year > self.today.year + 5:
            raise forms.ValidationError(_("This is more than five years away: is the year right?"))
        return starts

    def answers(self) -> Answers:
        """Return what was answered."""
        data = self.cleaned_data
        return Answers(
            data["title"].strip(), data["subject"].strip(), data["seats"], data["starts"], self.zone
        )


class SchoolForm(forms.Form):
    """How the school calls itself."""

    name = forms.CharField(label=_("What is the school called?"), max_length=120)
    town = forms.CharField(
        label=_("In which town is it?"), max_length=80, required=False, help_text=_("Online is a place too.")
    )
    mark = forms.FileField(
        label=_("Its mark"),
        required=False,
        help_text=_("A small picture, as PNG, JPEG or WebP. Without one, the name is the mark."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )

    def clean_mark(self) -> bytes:
        """Return the mark as it is kept, drawn again; nothing when none was chosen."""
        upload: Any = self.cleaned_data.get("mark")
        if not upload:
            return b""
        try:
            return marks.draw(upload, upload.size)
        except marks.UnfitError as why:
            raise forms.ValidationError(str(why)) from None


class ChangedSchoolForm(SchoolForm):
    """The same for a school that exists: without a new mark the old one stays, unless it is taken away."""

    without = forms.BooleanField(label=_("Take the mark away: the name is enough"), required=False)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": school.name, "town": school.town}
        super().__init__(*args, **kwargs)
        if school.mark:
            self.fields["mark"].label = _("Another mark")
            self.fields["mark"].help_text = _(
                "A small picture, as PNG, JPEG or WebP. The one you have stays otherwise."
            )
        else:
            del self.fields["without"]

    @property
    def new_mark(self) -> bytes | None:
        """Return the mark from now on: None leaves it as it is, b"" takes it away."""
        if drawn := self.cleaned_data["mark"]:
            return bytes(drawn)
        return b"" if self.cleaned_data.get("without") else None


class DeadlineField(forms.DateTimeField):
    """A day and a time until which something is open. 23:59 means the whole minute: midnight is the first refused."""

    widget = MomentInput

    def prepare_value(self, value: Any) -> Any:
        value = super().prepare_value(value)
        if isinstance(value, datetime):
            here = timezone.localtime(value) if timezone.is_aware(value) else value
            return here - timedelta(minutes=1) if (here.hour, here.minute) == (0, 0) else here
        return value

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if isinstance(found, datetime) and timezone.localtime(found).strftime("%H%M") == "2359":
            return found + timedelta(minutes=1)
        return found


class ReasonForm(forms.Form):
    """A sentence that everybody reads, once the edition is public."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence. It stands on the public page, dated."),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if edition.published_at is None:
            del self.fields["reason"]

    @property
    def why(self) -> str:
        """Return the reason, '' where none is asked."""
        return str(self.cleaned_data.get("reason", ""))


class PhaseForm(ReasonForm):
    begins = forms.DateTimeField(label=_("It begins"), widget=MomentInput)
    ends = DeadlineField(
        label=_("It ends"), help_text=_("23:59 counts up to the last second of that minute.")
    )

    field_order = ("begins", "ends", "reason")


class ExtendForm(ReasonForm):
    ends = DeadlineField(label=_("The call stays open until"))

    field_order = ("ends", "reason")


class PostponeForm(ReasonForm):
    days = forms.IntegerField(
        label=_("By how many days?"),
        min_value=1,
        max_value=730,
        initial=14,
        help_text=_("With a multiple of seven, the days of the week stay as they are."),
    )

    field_order = ("days", "reason")


class SeatsForm(ReasonForm):
    seats = forms.IntegerField(label=_("How many seats?"), min_value=1, max_value=500)

    field_order = ("seats", "reason")


class WordsForm(forms.ModelForm[Edition]):
    class Meta:
        model = Edition
        fields = (
            *("title", "subject", "headline_it", "headline_en", "lead_it", "lead_en", "awards_place"),
            *("contact_name", "contact_phone", "contact_mail"),
        )
        labels = {
            "title": _("What do you call this edition?"),
            "subject": _("What is taught?"),
            "headline_it": _("The headline, in Italian"),
            "headline_en": _("The headline, in English"),
            "lead_it": _("Two or three lines below it, in Italian"),
            "lead_en": _("Two or three lines below it, in English"),
            "awards_place": _("Where do the Awards take place?"),
            "contact_name": _("Who helps a candidate with the test?"),
            "contact_phone": _("On which phone number?"),
            "contact_mail": _("At which mail address?"),
        }
        help_texts = {
            "headline_it": _("The words between *two stars* are marked in yellow."),
            "awards_place": _("The town is enough. It can wait."),
            "contact_name": _(
                "A person or an office, with their leave. Candidates read it on the pages of the test and on their "
                "receipt, not on the public page. If you leave this empty, they find who coordinates, and the page of questions."
            ),
            "contact_phone": _(
                "Digits and spaces, with + before the prefix of a country: «+39 0521 000 000»."
            ),
            "contact_mail": _("A phone number or an address is enough."),
        }
        widgets = {
            "lead_it": forms.Textarea(attrs={"rows": 3}),
            "lead_en": forms.Textarea(attrs={"rows": 3}),
            "contact_phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if queries.phase(self.instance, Phase.Kind.AWARDS) is None:
            del self.fields["awards_place"]

    def clean_contact_phone(self) -> str:
        typed = " ".join(self.cleaned_data["contact_phone"].split())
        if typed and not contacts.is_phone(typed):
            raise forms.ValidationError(
                _("A phone number is made of digits and spaces, with a + before the prefix of a country.")
            )
        return typed

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if self.errors.keys() & {"contact_name", "contact_phone", "contact_mail"}:
            return
        reached = said["contact_phone"] or said["contact_mail"]
        if said["contact_name"] and not reached:
            self.add_error("contact_phone", _("Write a phone number, or a mail address below."))
        if reached and not said["contact_name"]:
            self.add_error("contact_name", _("Write who answers there: a person, or «the school’s office»."))


# What is left out appears in no form: nobody is asked to judge Awards that do not take place.
NEEDED_FOR = {
    Role.Kind.READER: Phase.Kind.READING,
    Role.Kind.PAPERS: Phase.Kind.CALL,
    Role.Kind.MENTOR: Phase.Kind.PROJECTS,
    Role.Kind.JUROR: Phase.Kind.AWARDS,
    Role.Kind.TREASURER: Phase.Kind.ADOPTION,
}


def kinds_of(edition: Edition) -> list[tuple[str, str]]:
    """Return the roles that an edition has something to do for, as choices."""
    there = {phase.kind for phase in edition.phases.all()}
    return [
        (kind.value, str(kind.label))
        for kind in Role.Kind
        if kind not in NEEDED_FOR or NEEDED_FOR[kind] in there
    ]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("Their mail address"), max_length=254)
    name = forms.CharField(label=_("Their name"), max_length=120)
    kind = forms.ChoiceField(label=_("What do you ask them to be?"))
    about = forms.CharField(
        label=_("In what?"),
        max_length=120,
        required=False,
        help_text=_("It stands under a teacher’s name: «listening to the net»."),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = kinds_of(edition)


class HandOverForm(forms.Form):
    email = forms.EmailField(label=_("The mail address of who takes it on"), max_length=254)
    name = forms.CharField(label=_("Their name"), max_length=120)


class VoiceForm(forms.ModelForm[Voice]):
    class Meta:
        model = Voice
        fields = ("words", "who")
        labels = {"words": _("What did they say?"), "who": _("Who says so?")}
        help_texts = {"who": _("With their leave: «Irene, classe II, oggi in un’agenzia di Trento».")}
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}


class FigureForm(forms.ModelForm[Figure]):
    class Meta:
        model = Figure
        fields = ("number", "words_it", "words_en")
        labels = {
            "number": _("The figure"),
            "words_it": _("What it counts, in Italian"),
            "words_en": _("What it counts, in English"),
        }
        help_texts = {"number": _("Short: «360», «1 in 2».")}


class AnswerForm(forms.Form):
    question = forms.CharField(
        label=_("The question, as everybody will read it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Take out whatever would tell who asked."),
    )
    answer = forms.CharField(
        label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
