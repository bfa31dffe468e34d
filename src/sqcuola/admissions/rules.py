"""Who may do what with an application. Each condition stands here once; views, buttons and actions all ask."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sqcuola.admissions import instants
from sqcuola.admissions.models import Application, Offer
from sqcuola.editions.models import Edition, Phase
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Verdict, denied
from sqcuola.people.models import Person

CALLED_OFF = gettext_lazy("This edition was called off. Nothing you wrote is lost, and nobody else reads it.")
NO_CALL = gettext_lazy("This edition takes people by invitation: there is no call to answer.")


def call_of(edition: Edition) -> Phase | None:
    """Return the call of an edition, if it has one."""
    return next((phase for phase in edition.phases.all() if phase.kind == Phase.Kind.CALL), None)


def may_see_call(_person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether the edition is public at this instant."""
    return ALLOWED if edition.published_at and edition.published_at <= at else HIDDEN


def call_is_open(edition: Edition, at: datetime) -> Verdict:
    """Judge the clock: the call is open from its first instant up to, and not with, its last."""
    call = call_of(edition)
    if edition.cancelled_at and edition.cancelled_at <= at:
        return denied(CALLED_OFF)
    if call is None:
        return denied(NO_CALL)
    if at < call.begins:
        return denied(_("The call opens on %(when)s.") % {"when": instants.said(call.begins, edition)})
    if at >= call.ends:
        return denied(_("The call closed on %(when)s.") % {"when": instants.deadline(call.ends, edition)})
    return ALLOWED


def may_apply(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether somebody may begin an application now."""
    seen = may_see_call(person, edition, at)
    return call_is_open(edition, at) if seen else seen


def _owns(person: Person | None, application: Application) -> bool:
    return person is not None and application.person_id == person.pk


def may_open(person: Person | None, application: Application, _at: datetime) -> Verdict:
    """Judge whether somebody may look at an application from inside: only the one whose it is."""
    return ALLOWED if _owns(person, application) else HIDDEN


def may_edit(person: Person | None, application: Application, at: datetime) -> Verdict:
    """Judge whether somebody may still change what they typed."""
    if not _owns(person, application):
        return HIDDEN
    if application.withdrawn_at:
        return denied(_("You withdrew this application. While the call is open you can take it up again."))
    return call_is_open(application.edition, at)


def may_submit(person: Person | None, application: Application, at: datetime) -> Verdict:
    """Judge whether somebody may hand in now; what is missing is told by `queries.missing`."""
    return may_edit(person, application, at)


def may_withdraw(person: Person | None, application: Application, at: datetime) -> Verdict:
    """Judge whether somebody may take their application back: until the ranking is closed."""
    if not _owns(person, application):
        return HIDDEN
    if application.withdrawn_at and application.withdrawn_at <= at:
        return denied(_("This application is already withdrawn."))
    if hasattr(application, "line"):
        return denied(_("The ranking is closed. If you are offered a seat, you can decline it."))
    return ALLOWED


def may_take_up_again(person: Person | None, application: Application, at: datetime) -> Verdict:
    """Judge whether somebody who withdrew may go on after all."""
    if not _owns(person, application) or not application.withdrawn_at:
        return HIDDEN
    return call_is_open(application.edition, at)


def may_answer(person: Person | None, offer: Offer, at: datetime) -> Verdict:
    """Judge whether somebody may accept or decline a seat: the one it was offered to, before its deadline."""
    if not _owns(person, offer.application):
        return HIDDEN
    if offer.state == Offer.State.ACCEPTED:
        return denied(_("You have already accepted: the seat is yours."))
    if offer.state == Offer.State.DECLINED:
        return denied(_("You declined this seat, and it went to somebody else."))
    if offer.state == Offer.State.EXPIRED or at >= offer.deadline:
        when = instants.deadline(offer.deadline, offer.application.edition)
        return denied(
            _("The time to answer ended on %(when)s, and the seat goes to the next.") % {"when": when}
        )
    return ALLOWED
