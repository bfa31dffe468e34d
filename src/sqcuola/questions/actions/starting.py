"""Begin a test: draw its questions, start the clock."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from sqcuola.kernel import acts, ids
from sqcuola.people.models import Person
from sqcuola.questions import drawing, owners, rules, trial
from sqcuola.questions.acts import AttemptStarted
from sqcuola.questions.drawing import Drawn
from sqcuola.questions.models import Attempt, AttemptQuestion, Blueprint
from sqcuola.questions.queries.sitting import Sitting, allowance_of

CODE = 10


def begin(sitting: Sitting, *, by: Person, at: datetime) -> Attempt:
    """Begin the test a code stands for, on its owner's terms; begun already, return it."""
    rules.may_begin(by, sitting, at).or_refuse()
    if sitting.attempt is not None:
        return sitting.attempt
    terms = owners.owner(sitting.owner).terms(sitting.thing)
    return start(
        terms.blueprint,
        sitting.person,
        at=at,
        by=by,
        minutes=terms.minutes,
        owner=sitting.owner,
        thing=sitting.thing,
        scope=terms.scope,
        code=sitting.code,
        ends=terms.ends,
    )


def start(  # noqa: PLR0913 - an attempt is all of this, and an owner knows it
    blueprint: Blueprint,
    person: Person,
    *,
    at: datetime,
    by: Person,
    minutes: int | None = None,
    owner: str = "",
    thing: int = 0,
    scope: str = acts.HOUSE,
    code: str = "",
    ends: datetime | None = None,
) -> Attempt:
    """Start a person's attempt, or return the one that was started: a double click, two tabs, two devices make one.

    Who may start is judged by the owner before (`begin` asks it). The deadline is `at` plus the minutes, longer by the
    person's allowance, and never beyond `ends`.
    """
    key = {"owner": owner, "thing": thing, "blueprint": blueprint, "person": person, "trial": False}
    running = Attempt.objects.filter(**key).first()
    if running is not None:
        return running
    fixed = _fix(blueprint, at)
    code = code or ids.code(CODE)
    drawn = drawing.draw(blueprint, code, fixed)
    try:
        with transaction.atomic():
            attempt = _make(Attempt(**key, scope=scope, code=code), drawn, at, minutes, ends)
            acts.record(
                AttemptStarted(attempt=attempt.pk, blueprint=blueprint.pk),
                by=by,
                at=at,
                scope=scope,
                subject=person,
            )
    except IntegrityError:
        return Attempt.objects.get(**key)
    return attempt


def _fix(blueprint: Blueprint, at: datetime) -> datetime:
    """Fix a blueprint with its first real attempt, and return since when it has been."""
    if blueprint.fixed_at is None:
        Blueprint.objects.filter(pk=blueprint.pk, fixed_at=None).update(fixed_at=at)
        blueprint.refresh_from_db(fields=["fixed_at"])
    return blueprint.fixed_at or at


def _make(
    attempt: Attempt, drawn: list[Drawn], at: datetime, minutes: int | None, ends: datetime | None
) -> Attempt:
    allowance = allowance_of(attempt.person, at) if attempt.person else None
    attempt.extra_percent = allowance.extra_percent if allowance else 0
    attempt.seed = drawing.seed_of(attempt.blueprint, attempt.code)
    attempt.started_at = at
    given = timedelta(minutes=minutes or attempt.blueprint.minutes)
    deadline = at + given * (100 + attempt.extra_percent) / 100
    attempt.deadline = min(deadline, ends) if ends else deadline
    attempt.save(force_insert=True)
    AttemptQuestion.objects.bulk_create(
        AttemptQuestion(
            attempt=attempt,
            place=place,
            question_id=one.question,
            options=one.options,
            matches=one.matches,
        )
        for place, one in enumerate(drawn, start=1)
    )
    return attempt


def start_trial(person: Person, *, at: datetime) -> Attempt:
    """Start a trial test in the person's language. It counts nothing, leaves no act, and can be taken again and again."""
    blueprint = trial.blueprint_in(person.language, at)
    code = ids.code(CODE)
    # Somebody who asked a moment later may have made its questions: they are there for both.
    drawn = drawing.draw(blueprint, code, max(at, blueprint.created_at))
    with transaction.atomic():
        return _make(
            Attempt(blueprint=blueprint, person=person, scope=acts.HOUSE, code=code, trial=True),
            drawn,
            at,
            None,
            None,
        )
