"""What a reader has before them: their papers, until the round ends."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.editions.models import Edition, Role
from sqcuola.editions.own import entrusted
from sqcuola.kernel.agenda import Entry, Kind, register
from sqcuola.marking.queries import own_of
from sqcuola.people.models import Person


def for_person(person: Person, at: datetime) -> Iterator[Entry]:
    """Return one entry a round in which somebody has papers that are not closed."""
    owns = {own.edition.pk: own for own in entrusted(person, Role.Kind.READER, at)}
    if not owns:
        return
    mine = own_of(person).filter(Q(sheet=None) | Q(sheet__closed_at=None))
    here = mine.filter(paper__round__edition__in=list(owns)).order_by()
    counted = here.values("paper__round").annotate(n=Count("pk"))
    for number, left, pk, phase in counted.values_list(
        "paper__round", "n", "paper__round__edition", "paper__round__phase"
    ):
        begins, ends = owns[pk].phases.get(phase, (at, at))
        if ends > at:
            yield _entry(number, left, owns[pk].edition, begins, ends, at)


def _entry(number: int, left: int, edition: Edition, begins: datetime, ends: datetime, at: datetime) -> Entry:
    what = ngettext("Read %(n)d paper of %(edition)s", "Read %(n)d papers of %(edition)s", left)
    return Entry(
        when=begins if begins > at else ends,
        what=what % {"n": left, "edition": edition.title},
        url=reverse("marking:desk", args=[number]),
        act="" if begins > at else _("Go on reading"),
        kind=Kind.EVENT if begins > at else Kind.DEADLINE,
        key=f"marking.round:{number}",
        zone=edition.zone,
    )


register("marking", for_person)
