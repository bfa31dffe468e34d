"""Who may do what with an application. Each condition stands here once; views, buttons and actions all ask."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sqcuola.admissions import instants
from sqcuola.admissions.models import (
    Accommodation,
    Application,
    ApplicationFile,
    Asked,
    Offer,
    Part,
    Place,
    Ranking,
    Test,
)
from sqcuola.admissions.queries.reading import reading_of
from sqcuola.admissions.queries.scores import attempts_of, still_sitting, test_of
from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.editions.rules import has_role, may_change, may_coordinate
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Verdict, denied
from sqcuola.marking.queries import unread
from sqcuola.people.models import Person

CALLED_OFF = gettext_lazy("This edition was called off. Nothing you wrote is lost, and nobody else reads it.")
MOST_FILES = 5  # for one claim, or as papers
NO_MORE_FILES = gettext_lazy("Five files are all that fit here: take one away before you add another.")
MOST_ASKED = {"letter": 12, "cv": 20}
FULL = {
    "letter": gettext_lazy("Twelve questions are all that fit: take one away before you add another."),
    "cv": gettext_lazy("Twenty items are all that fit: take one away before you add another."),
}
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


def may_open_place(person: Person | None, place: Place, at: datetime) -> Verdict:
    """Judge whether somebody may look at where files go: only the one whose application it is."""
    return may_open(person, place.application, at)


def may_add_file(person: Person | None, place: Place, at: datetime) -> Verdict:
    """Judge whether somebody may put one more file there."""
    edits = may_edit(person, place.application, at)
    if edits and place.files().count() >= MOST_FILES:
        return denied(NO_MORE_FILES)
    return edits


def may_take_file_away(person: Person | None, file: ApplicationFile, at: datetime) -> Verdict:
    """Judge whether somebody may take a file out of what they typed."""
    return may_edit(person, file.application, at)


def _is_handed_in(file: ApplicationFile) -> bool:
    application = file.application
    return bool(file.handed_in_at and application.submitted_at and not application.withdrawn_at)


def may_open_evidence(person: Person | None, file: ApplicationFile, at: datetime) -> Verdict:
    """Judge whether somebody may open what shows a claim: whose it is, and who may read the claims it came with."""
    if file.item_id is None:
        return HIDDEN
    if _owns(person, file.application):
        return ALLOWED
    return may_read_claims(person, file.application, at) if _is_handed_in(file) else HIDDEN


def may_follow(person: Person | None, application: Application, at: datetime) -> Verdict:
    """Judge whether somebody may see how far an application has come: who coordinates. What was written is not in it."""
    return may_coordinate(person, application.edition, at)


def may_read_claims(person: Person | None, application: Application, at: datetime) -> Verdict:
    """Judge whether somebody may read what a person claims to have done: who coordinates, once the ranking is closed.

    Before that the ranking is by code alone, and a certificate would say the name.
    """
    if not has_role(person, Role.Kind.COORDINATOR, application.edition, at):
        return HIDDEN
    if application.submitted_at is None or application.withdrawn_at:
        return HIDDEN
    closed = application.edition.ranking_closed_at
    if closed is None or closed > at:
        return denied(_("Until the ranking is closed everybody is a code: what they sent shows a name."))
    return ALLOWED


def may_open_paper(person: Person | None, file: ApplicationFile, at: datetime) -> Verdict:
    """Judge whether somebody may open a paper of who needs a hand: whose it is, and the one role once it is handed in."""
    if file.item_id is not None:
        return HIDDEN
    if _owns(person, file.application):
        return ALLOWED
    keeps = has_role(person, Role.Kind.PAPERS, file.application.edition, at)
    return ALLOWED if keeps and _is_handed_in(file) else HIDDEN


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


def may_open_offer(person: Person | None, offer: Offer, _at: datetime) -> Verdict:
    """Judge whether an offer exists for somebody: only the one it was made to."""
    return ALLOWED if _owns(person, offer.application) else HIDDEN


def line_is_open(edition: Edition, at: datetime) -> bool:
    """Say whether a seat still goes on to the next: until the class begins, unless the edition is called off."""
    if edition.cancelled_at and edition.cancelled_at <= at:
        return False
    begins = next((phase.begins for phase in edition.phases.all() if phase.kind == Phase.Kind.CLASS), None)
    return begins is None or at < begins


def may_answer(person: Person | None, offer: Offer, at: datetime) -> Verdict:
    """Judge whether somebody may accept or decline a seat: the one it was offered to, before its deadline."""
    if not _owns(person, offer.application):
        return HIDDEN
    if offer.state == Offer.State.ACCEPTED:
        return denied(_("You have already accepted: the seat is yours."))
    if offer.state == Offer.State.DECLINED:
        return denied(_("You declined this seat, and it went to somebody else."))
    edition = offer.application.edition
    if edition.cancelled_at and edition.cancelled_at <= at:
        return denied(_("This edition was called off: its seats are given to nobody."))
    if offer.state == Offer.State.EXPIRED or at >= offer.deadline:
        return denied(_over(offer, at))
    return ALLOWED


def _over(offer: Offer, at: datetime) -> str:
    edition = offer.application.edition
    when = instants.deadline(offer.deadline, edition)
    if line_is_open(edition, at):
        return _("The time to answer ended on %(when)s, and the seat goes to the next.") % {"when": when}
    return _("The time to answer ended on %(when)s.") % {"when": when}


def may_start_test(
    person: Person | None, application: Application | None, test: Test, at: datetime
) -> Verdict:
    """Judge whether somebody may begin the test now: who handed in, within its hours."""
    if application is None or not _owns(person, application):
        return HIDDEN
    edition = test.edition
    if edition.cancelled_at and edition.cancelled_at <= at:
        return denied(CALLED_OFF)
    if application.withdrawn_at or not application.submitted_at:
        return denied(_("The test is for who handed in an application."))
    if at < test.begins:
        return denied(_("The test opens on %(when)s.") % {"when": instants.said(test.begins, edition)})
    if at >= test.ends:
        return denied(
            _("The test could be begun until %(when)s.") % {"when": instants.deadline(test.ends, edition)}
        )
    return ALLOWED


def may_see_preview(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether somebody may see how the ranking would be closed: who coordinates."""
    return may_coordinate(person, edition, at)


def may_close_ranking(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether the ranking can be closed now: once, by who coordinates, when nobody can take the test any more."""
    runs = may_change(person, edition, at)
    if not runs:
        return runs
    if Ranking.objects.filter(edition=edition).exists():
        return denied(_("The ranking is closed already."))
    return places_stand(edition, at)


def places_stand(edition: Edition, at: datetime) -> Verdict:
    """Judge whether the places can be shown by code: when nobody can take the test any more.

    Before, a code would appear in the instant in which an act says, by name, who begins.
    """
    test = test_of(edition)
    if test is None:
        return denied(_("This edition has no test yet: there is nothing to rank by."))
    over = _is_over(test, at)
    return _is_read(edition, at) if over else over


def _is_over(test: Test, at: datetime) -> Verdict:
    if at < test.ends:
        when = instants.deadline(test.ends, test.edition)
        return denied(_("The test can be begun until %(when)s.") % {"when": when})
    sitting = still_sitting(test, at)
    if sitting:
        words = ngettext(
            "%(n)s person is still taking the test.", "%(n)s people are still taking the test.", sitting
        )
        return denied(words % {"n": sitting})
    if not attempts_of(test):
        return denied(_("Nobody took the test: there is nobody to rank."))
    return ALLOWED


def _is_read(edition: Edition, at: datetime) -> Verdict:
    """Judge whether the letters are read, where they are: by as many as declared."""
    round_ = reading_of(edition)
    if round_ is None:
        return ALLOWED
    if round_.filled_at is None:
        return denied(_("The letters are not given out yet."))
    left = unread(round_, at)
    if left:
        words = ngettext(
            "%(n)s letter is not read by everybody who should.",
            "%(n)s letters are not read by everybody who should.",
            left,
        )
        return denied(words % {"n": left})
    return ALLOWED


def may_see_result(person: Person | None, application: Application, at: datetime) -> Verdict:
    """Judge whether somebody may see how they came out: the one whose application it is, once the ranking is closed."""
    if not _owns(person, application):
        return HIDDEN
    closed = application.edition.ranking_closed_at
    if closed is None or closed > at:
        return denied(_("The ranking is not closed yet: your place will stand here when it is."))
    return ALLOWED


def may_see_admitted(_person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether the list of the admitted is public: from the closing of the ranking."""
    closed = edition.ranking_closed_at
    if not may_see_call(_person, edition, at) or closed is None or closed > at:
        return HIDDEN
    return ALLOWED


def may_keep_papers(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether somebody may read what people need at the test, and decide: one role, and no other."""
    if has_role(person, Role.Kind.PAPERS, edition, at):
        return ALLOWED
    if has_role(person, Role.Kind.COORDINATOR, edition, at):
        return denied(
            _("Only who keeps these papers may read them: give somebody that role in the settings.")
        )
    return HIDDEN


def may_decide(person: Person | None, accommodation: Accommodation, at: datetime) -> Verdict:
    """Judge whether a request can be decided now: once, before its papers are gone."""
    keeps = may_keep_papers(person, accommodation.application.edition, at)
    if not keeps:
        return keeps
    if accommodation.application.submitted_at is None or accommodation.application.withdrawn_at:
        return HIDDEN
    if accommodation.papers_deleted_at:
        return denied(_("The papers of this request are deleted: it cannot be decided again."))
    return ALLOWED


def may_set_test(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether the test may be put together or changed: by who coordinates, until the first person begins it."""
    runs = may_change(person, edition, at)
    if not runs:
        return runs
    test = test_of(edition)
    if test and attempts_of(test):
        return denied(_("Somebody has begun the test: it cannot change any more."))
    return ALLOWED


def may_see_asked(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether somebody may look at how what is asked is set: who coordinates, where there is a call to answer."""
    runs = may_coordinate(person, edition, at)
    return HIDDEN if runs and call_of(edition) is None else runs


def may_set_asked(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether what an edition asks may change: by who coordinates, until the first person begins an application."""
    sees = may_see_asked(person, edition, at)
    runs = may_change(person, edition, at) if sees else sees
    if not runs:
        return runs
    if Application.objects.filter(edition=edition).exists():
        return denied(_("Somebody has begun an application: what is asked cannot change any more."))
    return ALLOWED


def may_change_asked(person: Person | None, row: Asked, at: datetime) -> Verdict:
    """Judge whether one question or item may be changed or moved."""
    return may_set_asked(person, row.edition, at)


def may_take_asked_away(person: Person | None, asked: tuple[Part, Asked | None], at: datetime) -> Verdict:
    """Judge whether something may be taken out of what is asked, also when it is gone already."""
    return may_set_asked(person, asked[0].edition, at)


def may_add_asked(person: Person | None, part: Part, at: datetime) -> Verdict:
    """Judge whether one more question or item may be asked."""
    sets = may_set_asked(person, part.edition, at)
    return has_room(part.kind, part.rows.count()) if sets else sets


def has_room(kind: str, there: int) -> Verdict:
    """Judge whether one more fits beside those that are asked already."""
    return ALLOWED if there < MOST_ASKED[kind] else denied(FULL[kind])
