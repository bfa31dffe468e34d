"""What lies before a person in a selection: to finish, to hand in, to take the test, to answer an offer, to close."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from sqcuola.admissions.models import Accommodation, Application, Offer, Test
from sqcuola.admissions.queries.mine import own_applications
from sqcuola.admissions.queries.scores import OWNER
from sqcuola.editions.models import Phase, Role
from sqcuola.editions.own import entrusted
from sqcuola.kernel.agenda import Entry, Kind, register
from sqcuola.people.models import Person
from sqcuola.questions.models import Attempt

HOUR: Final = 3600


def for_person(person: Person, at: datetime) -> Iterator[Entry]:
    """Return what somebody has to do as an applicant, as who keeps papers, as who coordinates."""
    applications = own_applications(person, at)
    calls = _calls(applications)
    tests = _tests(applications)
    taken = _taken(person, tests)
    for application in applications:
        if application.edition.cancelled_at:
            continue
        if application.edition_id in calls:
            yield from _applying(application, *calls[application.edition_id], at)
        if application.submitted_at and application.edition_id in tests:
            yield from _testing(application, tests[application.edition_id], taken, at)
        yield from _answering(application, at)
    yield from _papers(person, at)
    yield from _no_test(person, at)


def _tests(applications: Sequence[Application]) -> dict[int, Test]:
    """Return the tests that may lie ahead, by edition."""
    handed_in = [application.edition_id for application in applications if application.submitted_at]
    return {test.edition_id: test for test in Test.objects.filter(edition__in=handed_in)} if handed_in else {}


def _taken(person: Person, tests: dict[int, Test]) -> dict[int, Attempt]:
    if not tests:
        return {}
    attempts = Attempt.objects.filter(
        owner=OWNER, thing__in=[test.pk for test in tests.values()], person=person, trial=False
    )
    return {attempt.thing: attempt for attempt in attempts}


def _calls(applications: Sequence[Application]) -> dict[int, tuple[datetime, datetime]]:
    """Return the spans of the calls in which something is not handed in yet."""
    begun = [application.edition_id for application in applications if not application.submitted_at]
    if not begun:
        return {}
    calls = Phase.objects.filter(edition__in=begun, kind=Phase.Kind.CALL)
    return {
        edition: (begins, ends) for edition, begins, ends in calls.values_list("edition", "begins", "ends")
    }


def _applying(application: Application, begins: datetime, ends: datetime, at: datetime) -> Iterator[Entry]:
    edition = application.edition
    if application.submitted_at or not begins <= at < ends:
        return
    yield Entry(
        when=ends,
        what=_("Hand in your application to %(edition)s") % {"edition": edition.title},
        url=reverse("admissions:apply", args=[edition.slug]),
        act=_("Go on writing"),
        kind=Kind.DEADLINE,
        key=f"admissions.application:{application.pk}",
        zone=edition.zone,
    )


def _testing(
    application: Application, test: Test, taken: dict[int, Attempt], at: datetime
) -> Iterator[Entry]:
    attempt = taken.get(test.pk)
    over = attempt is not None and (attempt.ended_at is not None or at >= attempt.deadline)
    if over or (attempt is None and at >= test.ends):
        return
    begun = test.begins <= at
    yield Entry(
        when=attempt.deadline if attempt else test.ends if begun else test.begins,
        what=_("The test of %(edition)s") % {"edition": application.edition.title},
        url=reverse("admissions:test", args=[application.edition.slug]),
        act=_("Go to the test") if begun else _("Prepare for it"),
        kind=Kind.DEADLINE if begun else Kind.EVENT,
        key=f"admissions.test:{test.pk}",
        zone=application.edition.zone,
        ends=test.ends,
    )


def _answering(application: Application, at: datetime) -> Iterator[Entry]:
    offer: Offer | None = getattr(application, "offer", None)
    if offer is None or offer.state != Offer.State.MADE or at >= offer.deadline:
        return
    yield Entry(
        when=offer.deadline,
        what=_("There is a seat for you in %(edition)s") % {"edition": application.edition.title},
        url=reverse("admissions:result", args=[application.edition.slug]),
        act=_("Answer"),
        kind=Kind.DEADLINE,
        key=f"admissions.offer:{offer.pk}",
        zone=application.edition.zone,
    )


def _papers(person: Person, at: datetime) -> Iterator[Entry]:
    """Who keeps the papers is told of requests that wait, before the test begins."""
    kept = {own.edition.pk: own.edition for own in entrusted(person, Role.Kind.PAPERS, at)}
    if not kept:
        return
    waiting = Accommodation.objects.filter(
        decided_at=None,
        application__submitted_at__isnull=False,
        application__withdrawn_at=None,
        application__edition__in=list(kept),
    )
    editions = waiting.order_by().values_list("application__edition", flat=True).distinct()
    begins = dict(Test.objects.filter(edition__in=editions).values_list("edition", "begins"))
    for pk in editions:
        yield Entry(
            when=begins.get(pk, at),
            what=_("Somebody needs more time or an aid at the test of %(edition)s")
            % {"edition": kept[pk].title},
            url=reverse("admissions:helps", args=[kept[pk].slug]),
            act=_("Read and decide"),
            kind=Kind.DEADLINE,
            key=f"admissions.helps:{pk}",
            zone=kept[pk].zone,
        )


def _no_test(person: Person, at: datetime) -> Iterator[Entry]:
    """Who coordinates is told that a public edition promises a test which nobody has put together yet."""
    ahead = {
        own.edition.pk: own
        for own in entrusted(person, Role.Kind.COORDINATOR, at)
        if own.edition.published_at and own.phases.get(Phase.Kind.ASSESSMENT, (at, at))[1] > at
    }
    lacking = ahead.keys() - _with_test(ahead)
    for pk, own in ahead.items():
        if pk in lacking:
            yield Entry(
                when=own.phases[Phase.Kind.ASSESSMENT][0],
                what=_("The test of %(edition)s is not put together yet") % {"edition": own.edition.title},
                url=reverse("admissions:set_test", args=[own.edition.slug]),
                act=_("Put it together"),
                kind=Kind.DEADLINE,
                key=f"admissions.no-test:{pk}",
                zone=own.edition.zone,
            )


def _with_test(editions: Iterable[int]) -> set[int]:
    """Return those of these editions that have a test. It is never taken away again, so that is remembered."""
    keys = {f"admissions.has-test:{pk}": pk for pk in editions}
    found = {keys[key] for key in cache.get_many(keys)}
    if unknown := set(keys.values()) - found:
        there = set(Test.objects.filter(edition__in=unknown).values_list("edition", flat=True))
        cache.set_many({f"admissions.has-test:{pk}": True for pk in there}, HOUR)
        found |= there
    return found


register("admissions", for_person)
