"""Telling people how their selection goes: each thing once, however often a job runs."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sqcuola.admissions import instants, texts
from sqcuola.admissions.acts import OfferAccepted, OfferExpired, OfferMade, RankingClosed, WaitingListEnded
from sqcuola.admissions.models import Accommodation, Application, Offer, RankingLine, Test
from sqcuola.admissions.queries.line import waiting
from sqcuola.editions.acts import CallExtended, EditionCancelled, EditionPostponed
from sqcuola.editions.contacts import contact_of
from sqcuola.editions.models import Phase
from sqcuola.editions.queries import phase
from sqcuola.kernel import acts, clock
from sqcuola.kernel.models import Act
from sqcuola.notices import of_editions
from sqcuola.notices.actions import tell

Facts = Callable[[], Mapping[str, str]]
# A school that takes up the house later, or was asleep for weeks, does not write to people whose wait ended long ago.
STALE: Final = timedelta(days=14)


def _tell(
    application: Application,
    text: str,
    *,
    thing: str,
    at: datetime,
    url: str = "",
    facts: Facts = dict,
    act: Act | None = None,
) -> None:
    """Tell an applicant one thing; `facts` are said in their language. Without a url it leads to their result."""
    person, edition = application.person, application.edition
    with translation.override(person.language):
        data = facts()
    leads = url or reverse("admissions:result", args=[edition.slug])
    tell(person, text, url=leads, at=at, data=data, edition=edition, thing=thing, act=act)


def _form(application: Application) -> str:
    return reverse("admissions:apply", args=[application.edition.slug])


def receipt(application: Application, at: datetime) -> None:
    """Send the receipt of what was handed in; handed in again, there is a new one."""
    _tell(
        application,
        texts.RECEIPT,
        url=_form(application),
        thing=f"{application.pk}:{at.isoformat()}",
        at=at,
        facts=lambda: {
            "code": application.code,
            "test_code": application.test_code,
            "when": instants.to_the_second(at, application.edition),
            "fingerprint": application.digest[:16],
            "act": str(application.head_seq),
            "head": application.head[:16],
            "contact": str(contact_of(application.edition, at)),
        },
    )


def withdrawn(application: Application, at: datetime) -> None:
    """Confirm to somebody that they took their application back."""
    thing = f"{application.pk}:{at.isoformat()}"
    _tell(application, texts.WITHDRAWN, url=_form(application), thing=thing, at=at)


def decided(accommodation: Accommodation, at: datetime) -> None:
    """Tell somebody that their request for help is decided; what it was, and what they get, stands in no mail."""
    thing = f"{accommodation.pk}:{at.isoformat()}"
    application = accommodation.application
    url = reverse("admissions:test", args=[application.edition.slug])
    facts = {"contact": str(contact_of(application.edition, at))}
    _tell(application, texts.HELP_DECIDED, url=url, thing=thing, at=at, facts=lambda: facts)


def near(application: Application, test: Test, at: datetime) -> None:
    """Remind somebody of the test they are to sit; moved, it is another thing to tell."""
    edition = application.edition
    _tell(
        application,
        texts.TEST_NEAR,
        url=reverse("admissions:test", args=[edition.slug]),
        thing=f"{application.pk}:{test.begins.isoformat()}",
        at=at,
        facts=lambda: {
            "begins": instants.said(test.begins, edition),
            "ends": instants.deadline(test.ends, edition),
            "test_code": application.test_code,
            "contact": str(contact_of(edition, at)),
        },
    )


def _offer_of(act: Act) -> Offer | None:
    if act.payload is None:
        return None
    offers = Offer.objects.select_related("seat", "application__person", "application__edition")
    return offers.filter(pk=act.payload["offer"]).first()


@acts.receiver(OfferMade, name="admissions.tell-offer", says=_("tells somebody of the seat they are offered"))
def offered(act: Act) -> None:
    """Tell somebody of the seat they are offered; whoever waited for it reads that it has become free."""
    offer, at = _offer_of(act), clock.now()
    if offer is None or offer.state != Offer.State.MADE or at >= offer.deadline:
        return  # it was answered, or ran out, while nobody could write: that is told by itself
    edition = offer.application.edition
    waited = edition.ranking_closed_at is not None and offer.made_at > edition.ranking_closed_at
    _tell(
        offer.application,
        texts.CALLED_UP if waited else texts.OFFER,
        thing=str(offer.pk),
        at=at,
        facts=lambda: {
            "seat": str(offer.seat.number),
            "deadline": instants.deadline(offer.deadline, edition),
        },
        act=act,
    )


@acts.receiver(OfferAccepted, name="admissions.tell-accepted", says=_("confirms a seat to who accepted it"))
def accepted(act: Act) -> None:
    """Confirm to somebody that the seat is theirs."""
    offer = _offer_of(act)
    if offer is not None:
        _tell(
            offer.application,
            texts.ACCEPTED,
            url=f"{offer.application.edition.path}class/",
            thing=str(offer.pk),
            at=clock.now(),
            facts=lambda: {"seat": str(offer.seat.number)},
            act=act,
        )


@acts.receiver(
    OfferExpired, name="admissions.tell-expired", says=_("tells somebody that their offer ran out")
)
def expired(act: Act) -> None:
    """Tell somebody that the seat they did not answer for is free again."""
    offer = _offer_of(act)
    if offer is not None:
        _tell(
            offer.application,
            texts.EXPIRED,
            thing=str(offer.pk),
            at=clock.now(),
            facts=lambda: {
                "seat": str(offer.seat.number),
                "deadline": instants.deadline(offer.deadline, offer.application.edition),
            },
            act=act,
        )


@acts.receiver(
    RankingClosed, name="admissions.tell-ranked", says=_("tells each candidate how the ranking ended")
)
def ranked(act: Act) -> None:
    """Tell everybody in a closed ranking who was offered no seat that it is closed; an offer says so itself."""
    if act.payload is None:
        return
    at = clock.now()
    for line in _waiting(act.payload["edition"]):
        _tell(line.application, texts.RANKED, thing=str(line.pk), at=at, act=act)


@acts.receiver(
    WaitingListEnded,
    name="admissions.tell-line-ended",
    says=_("tells who still waits that the class begins"),
)
def line_ended(act: Act) -> None:
    """Tell who still waits that the wait is over, unless it was over long before anybody could say so."""
    if act.payload is None:
        return
    at = clock.now()
    for line in _waiting(act.payload["edition"]):
        begun = phase(line.application.edition, Phase.Kind.CLASS)
        if begun is not None and at < begun.begins + STALE:
            _tell(
                line.application,
                texts.LINE_ENDED,
                thing=str(line.pk),
                at=at,
                act=act,
            )


def _waiting(edition_id: int) -> list[RankingLine]:
    """Return who waits for a seat, with what is said to them."""
    lines = waiting(edition_id).select_related("application__person", "application__edition")
    return list(lines.prefetch_related("application__edition__phases"))


@acts.receiver(
    CallExtended,
    EditionPostponed,
    EditionCancelled,
    name="admissions.tell-change",
    says=_("tells applicants what was changed in public"),
)
def changed(act: Act) -> None:
    """Tell whoever applied, or began to, what was changed in public."""
    change = of_editions.change_of(act)
    if change is None:
        return
    at = clock.now()
    page = "admissions:apply" if act.verb == "call-extended" else None
    url = reverse(page, args=[change.edition.slug]) if page else change.edition.path
    standing = Application.objects.filter(edition=change.edition_id, withdrawn_at=None)
    for application in standing.select_related("person"):
        of_editions.pass_on(change, act, application.person, url=url, at=at)
