"""What an edition asks, as who coordinates sets it."""

from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.admissions import rules
from sqcuola.admissions.forms import worth
from sqcuola.admissions.models import PARTS, Asked, CvItem, Part
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.kernel.verdicts import Verdict
from sqcuola.people.models import Person


def part_of(person: Person | None, slug: str, kind: str) -> Part:
    """Load a part of what an edition asks; the view's rule judges."""
    if kind not in PARTS:
        raise Edition.DoesNotExist
    return Part(by_slug(person, slug), kind)


def asked(person: Person | None, slug: str, kind: str, number: int) -> Asked:
    """Load one question or item of an edition."""
    part = part_of(person, slug, kind)
    row = part.rows.get(pk=number)
    row.edition = part.edition
    return row


def asked_or_gone(person: Person | None, slug: str, kind: str, number: int) -> tuple[Part, Asked | None]:
    """Load one question or item with its part; None for one that is gone, as after a button pressed twice."""
    part = part_of(person, slug, kind)
    row = part.rows.filter(pk=number).first()
    if row is not None:
        row.edition = part.edition
    return part, row


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One question or item as it stands in the list."""

    row: Asked
    limit: str


@dataclass(frozen=True, slots=True)
class AskedPart:
    """The questions or the items of an edition. `add` says whether one more fits, `total` what they sum up to."""

    kind: str
    title: str
    act: str
    none: str
    lines: list[AskedLine]
    add: Verdict
    total: str


@dataclass(frozen=True, slots=True)
class AskedPage:
    edition: Edition
    change: Verdict
    parts: list[AskedPart]


def asked_page(person: Person, edition: Edition, at: datetime) -> AskedPage:
    """Gather all that an edition asks, and what of it can change."""
    change = rules.may_set_asked(person, edition, at)
    return AskedPage(edition, change, [_letter(edition), _cv(edition)])


def _letter(edition: Edition) -> AskedPart:
    part = Part(edition, "letter")
    lines = [
        AskedLine(row, _("At most %(n)s characters.") % {"n": getattr(row, "longest", 0)})
        for row in part.rows
    ]
    return AskedPart(
        kind=part.kind,
        title=_("The letter"),
        act=_("Add a question"),
        none=_("There is no letter: nobody who applies is asked to write one."),
        lines=lines,
        add=rules.has_room(part.kind, len(lines)),
        total="",
    )


def _cv(edition: Edition) -> AskedPart:
    part = Part(edition, "cv")
    items = [row for row in part.rows if isinstance(row, CvItem)]
    total = sum(item.most for item in items)
    words = ngettext(
        "Together %(n)s point at most.", "Together %(n)s points at most.", 1 if total == 1 else 2
    )
    return AskedPart(
        kind=part.kind,
        title=_("What gives CV points"),
        act=_("Add an item"),
        none=_("Nothing gives CV points: of two who are equal in the test, the lot decides."),
        lines=[AskedLine(item, worth(item)) for item in items],
        add=rules.has_room(part.kind, len(items)),
        total=words % {"n": floatformat(total, -2)} if items else "",
    )
