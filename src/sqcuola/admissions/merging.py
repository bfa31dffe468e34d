"""How applications move when two accounts of one person become one.

A person has one application an edition. One that was withdrawn, or left unfinished in a call that has closed, gives way;
of two that could both be judged the person chooses first, by withdrawing one: nothing that counts is lost silently.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from sqcuola.admissions import rules
from sqcuola.admissions.acts import ApplicationGaveWay, ApplicationMoved
from sqcuola.admissions.models import Accommodation, Application, Letter, Ranking
from sqcuola.editions.models import Edition
from sqcuola.kernel import acts
from sqcuola.kernel.verdicts import Refused
from sqcuola.marking.models import Apart, Assignment, Paper
from sqcuola.people import merging
from sqcuola.people.models import Person
from sqcuola.questions.models import Attempt


def move(stays: Person, goes: Person, at: datetime) -> None:
    """Move applications with all that hangs on them (letters, places, offers), one an edition; refuse where two count."""
    _refuse_reading_oneself(stays, goes)
    for theirs in Application.objects.filter(person=goes).select_related("edition"):
        # As every change of offers does: no ranking closes, and no seat moves, meanwhile.
        Edition.objects.select_for_update().get(pk=theirs.edition_id)
        mine = Application.objects.filter(person=stays, edition=theirs.edition_id).first()
        if mine is not None:
            loser = _gives_way(mine, theirs, at)
            _let_go(loser, by=stays, at=at)
            if loser.pk == theirs.pk:
                continue
        theirs.person = stays
        theirs.save(update_fields=["person"])
        moved = ApplicationMoved(edition=theirs.edition_id, application=theirs.pk)
        acts.record(moved, by=stays, at=at, scope=theirs.edition.scope, subject=stays)
    _keep_apart(stays)
    Ranking.objects.filter(closed_by=goes).update(closed_by=stays)
    Accommodation.objects.filter(decided_by=goes).update(decided_by=stays)


def _refuse_reading_oneself(*accounts: Person) -> None:
    written = Letter.objects.filter(application__person__in=accounts)
    read = Assignment.objects.filter(reader__in=accounts, returned_at=None)
    if read.filter(paper__in=written.values("paper")).exists():
        raise Refused(
            _("One account reads what the other wrote, and nobody reads their own. Write to the school.")
        )


def _keep_apart(person: Person) -> None:
    """Keep what somebody wrote from them: a paper that is handed on must not come to them either."""
    written = Letter.objects.filter(application__person=person).values_list("paper", flat=True)
    Apart.objects.bulk_create(
        (Apart(paper_id=paper, person=person) for paper in written), ignore_conflicts=True
    )


def _gives_way(mine: Application, theirs: Application, at: datetime) -> Application:
    """Return which of two applications to one edition counts for nothing any more, or refuse."""
    edition = theirs.edition
    counting = [one for one in (mine, theirs) if _counts(one, at)]
    if len(counting) > 1:
        if any(hasattr(one, "line") for one in counting):
            raise Refused(
                _(
                    "Both accounts stand in the ranking of {edition}, and two places cannot become one. "
                    "Write to the school."
                ).format(edition=edition)
            )
        raise Refused(
            _(
                "Both accounts have an application for {edition}. Withdraw the one you do not want, then join them."
            ).format(edition=edition)
        )
    kept = (
        counting[0] if counting else max(mine, theirs, key=lambda one: (bool(one.submitted_at), one is mine))
    )
    loser = theirs if kept is mine else mine
    if Attempt.objects.filter(code=loser.test_code, trial=False).exists():
        raise Refused(
            _(
                "The test of {edition} was taken with the application that would be deleted. Write to the school."
            ).format(edition=edition)
        )
    return loser


def _counts(application: Application, at: datetime) -> bool:
    """Say whether an application can be judged, now or once it is finished."""
    if application.withdrawn_at:
        return False
    return bool(application.submitted_at or rules.call_is_open(application.edition, at))


def _let_go(application: Application, *, by: Person, at: datetime) -> None:
    edition = application.edition
    gone = ApplicationGaveWay(edition=edition.pk, application=application.pk)
    Paper.objects.filter(pk__in=Letter.objects.filter(application=application).values("paper")).delete()
    application.delete()
    acts.record(gone, by=by, at=at, scope=edition.scope, subject=by)


def register() -> None:
    """Let two accounts with applications become one."""
    merging.register("admissions", move)
