"""Hand an application in, take it back, take it up again."""

import hashlib
import logging
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import rfc8785
from django.db import DatabaseError, transaction

from sqcuola.admissions import queries, rules, telling
from sqcuola.admissions.actions.filing import freeze_files, thaw_files
from sqcuola.admissions.acts import ApplicationStarted, ApplicationSubmitted, ApplicationWithdrawn
from sqcuola.admissions.forms import CvForm, SectionForm
from sqcuola.admissions.models import (
    Accommodation,
    Application,
    CvClaim,
    Draft,
    LetterAnswer,
    LetterQuestion,
)
from sqcuola.kernel import acts
from sqcuola.kernel.ids import Digest
from sqcuola.people.models import Person

log = logging.getLogger(__name__)


class Incomplete(Exception):  # noqa: N818 - it is what the application is, not a fault
    """Something is missing, so nothing was handed in. `lacking` says what, field by field."""

    def __init__(self, lacking: list[queries.Lacking]) -> None:
        super().__init__(f"{len(lacking)} things are missing")
        self.lacking = lacking


def submit(application: Application, *, by: Person, at: datetime) -> Application:
    """Hand in what was typed: it becomes what is judged, in place of what was handed in before.

    Raises Incomplete, and changes nothing, when something is missing. Handing in the same twice is one handing in.
    """
    rules.may_submit(by, application, at).or_refuse()
    with transaction.atomic():
        Application.objects.select_for_update().get(pk=application.pk)
        application = queries.own(by, application.edition.slug)
        rules.may_submit(by, application, at).or_refuse()
        forms = queries.filled(application)
        lacking = queries.lacking(forms)
        if lacking:
            raise Incomplete(lacking)
        answers, claims = _letter(application, forms), _cv(application, forms)
        digest = _digest(application, answers, claims)
        changed = queries.changed_since(application, application.submitted_at)
        if application.submitted_at and digest == application.digest and not changed:
            return application
        _replace(application, answers, claims)
        freeze_files(application, at)
        _ask_for_help(application, forms, at)
        _mark(application, forms, digest, claims, at)
        acts.record(
            _counted(application, len(answers), len(claims), digest),
            by=by,
            at=at,
            scope=application.edition.scope,
            subject=by,
        )
    try:
        prove(application)
    except DatabaseError:  # it is handed in, and nobody may read otherwise: the worker proves and tells it
        log.exception("The proof of a hand-in waits for the worker.")
    return application


def _counted(application: Application, answers: int, claims: int, digest: str) -> ApplicationSubmitted:
    return ApplicationSubmitted(
        edition=application.edition_id,
        application=application.pk,
        answers=answers,
        claims=claims,
        digest=Digest(digest),
    )


def prove(application: Application) -> None:
    """Seal the chain, write its end on the receipt, and send that: once for each handing in, however often it is asked.

    Kept by the applicant, the chain's end proves that nothing was changed. It is done in the request that hands in, and again by a
    job that was committed with the hand-in, in case the request did not come so far.
    """
    if application.submitted_at is None:
        return
    this = Application.objects.filter(pk=application.pk, submitted_at=application.submitted_at)
    if not application.head:
        head = acts.proof(application.submitted_at)
        this.filter(head="").update(head_seq=head.seq, head=head.hash)
        application.refresh_from_db(fields=["head_seq", "head"])
    if this.exists():
        telling.receipt(application, application.submitted_at)


def _replace(application: Application, answers: list[LetterAnswer], claims: list[CvClaim]) -> None:
    LetterAnswer.objects.filter(application=application).delete()
    CvClaim.objects.filter(application=application).delete()
    LetterAnswer.objects.bulk_create(answers)
    CvClaim.objects.bulk_create(claims)


def _letter(application: Application, forms: Mapping[str, SectionForm]) -> list[LetterAnswer]:
    form = forms.get(Draft.Section.LETTER)
    if form is None:
        return []
    questions = LetterQuestion.objects.filter(edition=application.edition)
    return [
        LetterAnswer(
            application=application, question=question, words=form.cleaned_data[f"answer_{question.pk}"]
        )
        for question in questions
    ]


def _cv(application: Application, forms: Mapping[str, SectionForm]) -> list[CvClaim]:
    form = forms.get(Draft.Section.CV)
    if not isinstance(form, CvForm):
        return []
    return [
        CvClaim(
            application=application,
            item=item,
            number=form.cleaned_data[f"number_{item.pk}"],
            evidence=form.cleaned_data[f"evidence_{item.pk}"],
        )
        for item in form.items
        if form.cleaned_data.get(f"number_{item.pk}")
    ]


def _digest(application: Application, answers: list[LetterAnswer], claims: list[CvClaim]) -> str:
    """Return the fingerprint of what is judged, so that a receipt proves which text was handed in."""
    digests: dict[int, list[str]] = {}
    for file in queries.files_of(application).filter(item__isnull=False).order_by("digest"):
        digests.setdefault(file.item_id or 0, []).append(file.digest)
    said: dict[str, Any] = {
        "application": application.code,
        "letter": [[answer.question.position, answer.words] for answer in answers],
        "cv": [
            [claim.item.position, claim.number, claim.evidence, *digests.get(claim.item_id, [])]
            for claim in claims
        ],
    }
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()


def _ask_for_help(application: Application, forms: Mapping[str, SectionForm], at: datetime) -> None:
    good = forms[Draft.Section.HELP].cleaned_data
    wanted = {"wanted_percent": good["wanted_percent"] or 0, "wanted": good["wanted"]}
    asked = Accommodation.objects.filter(application=application)
    if asked.exists():
        asked.filter(decided_at=None, papers_deleted_at=None).update(**wanted)
    elif any(wanted.values()) or queries.files_of(application).filter(item=None).exists():
        Accommodation.objects.create(application=application, asked_at=at, **wanted)


def _mark(
    application: Application,
    forms: Mapping[str, SectionForm],
    digest: str,
    claims: list[CvClaim],
    at: datetime,
) -> None:
    application.submitted_at = at
    application.digest = digest
    application.head_seq, application.head = None, ""  # of what was handed in before
    application.shown_as = forms[Draft.Section.CONSENTS].cleaned_data["shown_as"]
    application.consented_at = at
    application.cv_points = sum((claim.item.points_for(claim.number) for claim in claims), Decimal(0))
    application.save(
        update_fields=[
            "submitted_at", "digest", "head_seq", "head", "shown_as", "consented_at", "cv_points",
        ]
    )  # fmt: skip


def withdraw(application: Application, *, by: Person, at: datetime) -> None:
    """Take an application back. What was typed stays, so that the person may change their mind while the call is open."""
    rules.may_withdraw(by, application, at).or_refuse()
    with transaction.atomic():
        locked = Application.objects.select_for_update().select_related("edition").get(pk=application.pk)
        rules.may_withdraw(by, locked, at).or_refuse()
        locked.withdrawn_at = at
        locked.save(update_fields=["withdrawn_at"])
        acts.record(
            ApplicationWithdrawn(edition=locked.edition_id, application=locked.pk),
            by=by,
            at=at,
            scope=locked.edition.scope,
            subject=by,
        )
        telling.withdrawn(locked, at)
    application.withdrawn_at = at


def take_up_again(application: Application, *, by: Person, at: datetime) -> None:
    """Go on with a withdrawn application: it is again begun, and not handed in."""
    rules.may_take_up_again(by, application, at).or_refuse()
    with transaction.atomic():
        application.withdrawn_at, application.submitted_at = None, None
        application.digest = ""
        application.save(update_fields=["withdrawn_at", "submitted_at", "digest"])
        thaw_files(application)
        acts.record(
            ApplicationStarted(edition=application.edition_id),
            by=by,
            at=at,
            scope=application.edition.scope,
            subject=by,
        )
