"""What the style page shows: sample people, days and forms, so that every component stands there in every state."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sqcuola.ui import dates
from sqcuola.ui.forms import DayInput

Words = str | Promise


@dataclass(frozen=True)
class Person:
    name: str
    key: str
    line: Words = ""
    url: str = ""
    photo: str = ""


@dataclass(frozen=True)
class Stage:
    label: Words
    line: Words
    state: str = ""


@dataclass(frozen=True)
class Row:
    label: Words
    value: int
    other: int
    rest: bool = False


@dataclass(frozen=True)
class Tab:
    label: Words
    url: str
    here: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Event:
    label: Words
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Day:
    label: str
    now: bool = False
    events: list[Event] = field(default_factory=list)


class SampleForm(forms.Form):
    shown = True  # on the style page the list of errors is looked at, it does not take the focus
    name = forms.CharField(
        label=pgettext_lazy("style", "Your name"), help_text=_("As you want to be called."), max_length=60
    )
    mail = forms.EmailField(
        label=pgettext_lazy("style", "Mail address"), help_text=_("We write to you here, nowhere else.")
    )
    born = forms.DateField(label=pgettext_lazy("style", "Day of birth"), widget=DayInput)
    town = forms.CharField(label=pgettext_lazy("style", "Town"), required=False)


WAYS = [
    ("online", pgettext_lazy("style", "From home, online")),
    ("room", _("In the room, in Parma")),
    ("both", _("A bit of both")),
]
SKILLS = [
    ("write", pgettext_lazy("style", "Writing")),
    ("photo", pgettext_lazy("style", "Photographs")),
    ("numbers", pgettext_lazy("style", "Reading numbers")),
]
REGIONS = [("er", "Emilia-Romagna"), ("lo", "Lombardia"), ("si", "Sicilia")]


class MoreForm(forms.Form):
    way = forms.ChoiceField(label=_("How will you follow?"), choices=WAYS, widget=forms.RadioSelect)
    skills = forms.MultipleChoiceField(
        label=_("What can you do already?"),
        choices=SKILLS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    region = forms.ChoiceField(label=pgettext_lazy("style", "Region"), choices=REGIONS)
    letter = forms.CharField(
        label=_("Tell of a time you changed your mind thanks to a stranger"),
        widget=forms.Textarea(attrs={"class": "words", "rows": 4}),
    )
    paper = forms.FileField(
        label=_("A piece of work"), help_text=_("A photo will do. Up to 20 MB."), required=False
    )
    portrait = forms.BooleanField(
        label=_("You may show my portrait on the page of the class"),
        help_text=_("You can change your mind whenever you like."),
        required=False,
    )


CAST = [
    ("Nives Rinaldi", _("listens to the network")),
    ("Tancredi Corsi", _("writes for a brand")),
    ("Pia Bernini", _("measures without fooling herself")),
    ("Ettore Zanni", _("photographs people at work")),
    ("Delia Mori", pgettext_lazy("style", "answers customers")),
    ("Lino Sala", pgettext_lazy("style", "cuts short videos")),
    ("Oreste Vanni", _("runs a village club’s page")),
    ("Irene Galli", _("reads before she speaks")),
]


def people() -> list[Person]:
    """Return eight people, one for each colour."""
    return [Person(name, name, line, "#people") for name, line in CAST]


def stages() -> list[Stage]:
    return [
        Stage(pgettext_lazy("style", "Call"), pgettext_lazy("style", "360 applications"), "done"),
        Stage(pgettext_lazy("style", "Assessment"), pgettext_lazy("style", "331 of 360"), "done"),
        Stage(pgettext_lazy("style", "Reading"), pgettext_lazy("style", "412 of 662"), "now"),
        Stage(pgettext_lazy("style", "Ranking"), "27 feb"),
        Stage(pgettext_lazy("style", "Class"), pgettext_lazy("style", "30 seats")),
        Stage(pgettext_lazy("style", "Project works"), pgettext_lazy("style", "6 briefs")),
        Stage("Awards", "Parma"),
    ]


def week(at: datetime) -> list[Day]:
    """Return five days around the one it is, with what is on."""
    on: dict[int, list[Event]] = {
        -1: [Event(pgettext_lazy("style", "Team meeting"))],
        0: [
            Event(pgettext_lazy("style", "18:30 Lesson")),
            Event(pgettext_lazy("style", "23:59 Listening"), "red"),
        ],
        2: [Event(pgettext_lazy("style", "Peers"))],
        3: [Event(pgettext_lazy("style", "Client, 11:00"), url="#next")],
    }
    return [Day(dates.week_day(at + timedelta(days=n)), n == 0, on.get(n, [])) for n in range(-1, 4)]


def everything(at: datetime) -> dict[str, Any]:
    """Return all that the style page needs."""
    tonight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return {
        "at": at,
        "soon": at + timedelta(minutes=31, seconds=8),
        "very_soon": at + timedelta(minutes=4, seconds=40),
        "tonight": tonight,
        "closes": tonight + timedelta(days=13),
        "form": SampleForm(prefix="clean"),
        "wrong": SampleForm({"wrong-mail": "nives at example", "wrong-town": "Fidenza"}, prefix="wrong"),
        "more": MoreForm(
            initial={"way": "both", "skills": ["photo"], "letter": _("For two years I posted the programme.")}
        ),
        "people": people(),
        "stages": stages(),
        "week": week(at),
        "rows": [
            Row("Emilia-Romagna", 88, 84),
            Row("Lombardia", 68, 61),
            Row("Sicilia", 42, 39),
            Row("Sardegna", 22, 20),
            Row(pgettext_lazy("style", "elsewhere"), 140, 131, rest=True),
        ],
        "tabs": [
            Tab(pgettext_lazy("style", "Applications"), "#lists", here=True, count=360),
            Tab(pgettext_lazy("style", "Unfinished"), "#lists", count=29),
            Tab(pgettext_lazy("style", "Withdrawn"), "#lists", count=4),
        ],
        "page": Paginator(range(90), 30).page(2),
        "dots": ["given"] * 5 + ["later"] + ["given"] * 5 + ["later", "given", "here"] + [""] * 6,
        "points": range(6),
        "fingerprint": "9f3c71ab04de",
        "tones": range(8),
        "inks": ["paper", "sheet", "line", "ink", "soft", "blue", "red", "green", "mark"],
    }
