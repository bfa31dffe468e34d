"""Letters become papers, and papers are given to readers."""

from datetime import datetime

from django.db import transaction

from sqcuola.admissions import reading_rules as rules
from sqcuola.admissions.models import Letter
from sqcuola.admissions.queries.reading import apart, bodies, reading_of
from sqcuola.editions.models import Edition
from sqcuola.kernel.verdicts import Refused
from sqcuola.marking import actions as marking
from sqcuola.marking.queries import readers
from sqcuola.people.models import Person


def give_out_letters(edition: Edition, *, by: Person, at: datetime) -> int:
    """Give every letter its readers; before the first time, make a paper of each. Returns how many readings found nobody.

    Given out again, what somebody reads stays theirs; papers of who left go to the others.
    """
    rules.may_give_out(by, edition, at).or_refuse()
    round_ = reading_of(edition)
    if round_ is None:
        raise Refused(rules.NO_READING)
    people = readers(edition, at)
    written = [] if round_.filled_at else bodies(edition)
    with transaction.atomic():
        if not round_.filled_at:
            papers = marking.make_papers(round_, [body for _application, body in written], by=by, at=at)
            Letter.objects.bulk_create(
                Letter(application=application, paper=paper)
                for (application, _body), paper in zip(written, papers, strict=True)
            )
        short = marking.give_out(round_, people, apart(edition, people), by=by, at=at)
    return sum(short.values())
