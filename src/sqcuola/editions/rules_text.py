"""The rules that this room keeps, in plain words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.editions import rulebook, zones
from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.rulebook import Rule, instant


def write(edition: Edition) -> Iterable[Rule]:
    """Write the rules on seats, dates and changes."""
    yield Rule(
        "seats",
        ngettext(
            "There is %(n)d seat. It costs nothing: it is earned.",
            "There are %(n)d seats. They cost nothing: they are earned.",
            edition.seats_offered,
        )
        % {"n": edition.seats_offered},
        {"seats": edition.seats_offered, "fee": 0},
    )
    for phase in sorted(edition.phases.all(), key=lambda item: (item.begins, item.kind)):
        yield Rule(
            str(phase.kind),
            _phase_words(edition, phase),
            {"begins": instant(phase.begins), "ends": instant(phase.ends), "zone": edition.zone},
        )
    if any(phase.kind == Phase.Kind.CALL for phase in edition.phases.all()):
        yield Rule(
            "clock",
            _("The clock of this site decides: what arrives a second too late does not count, for anybody."),
        )
    yield Rule(
        "changes",
        _(
            "If a rule or a date has to change, it is said here, dated, with the reason, and gets a new fingerprint."
        ),
    )


def _phase_words(edition: Edition, phase: Phase) -> str:
    said = {
        "begins": zones.said(phase.begins, edition.zone),
        "ends": zones.said(phase.ends, edition.zone, is_end=True),
        "city": zones.city(edition.zone),
    }
    if phase.kind == Phase.Kind.CALL:
        return _("Applications are taken from %(begins)s until %(ends)s, %(city)s time.") % said
    label = Phase.Kind(phase.kind).label
    if zones.is_one_day(phase.begins, phase.ends, edition.zone):
        said["clock"] = zones.clock(phase.ends, edition.zone)
        return _("%(phase)s: %(begins)s, until %(clock)s, %(city)s time.") % {**said, "phase": label}
    return _("%(phase)s: from %(begins)s until %(ends)s, %(city)s time.") % {**said, "phase": label}


def register() -> None:
    """Put these rules into the rulebook."""
    rulebook.register("editions", write)
