"""Closing the ranking: what was worked out is written down once, with a fingerprint, and the first seats are offered."""

import hashlib
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sqcuola.admissions import rules
from sqcuola.admissions.actions.offering import call_up
from sqcuola.admissions.acts import RankingClosed
from sqcuola.admissions.models import Application, Ranking, RankingLine
from sqcuola.admissions.queries.reading import reading_of
from sqcuola.admissions.queries.standing import Standings, standings
from sqcuola.editions.actions import close_ranking as note_closed
from sqcuola.editions.models import Edition
from sqcuola.kernel import acts
from sqcuola.kernel.ids import Digest
from sqcuola.kernel.verdicts import Refused
from sqcuola.marking.actions import settle
from sqcuola.people.models import Person

LEFT = _("Somebody withdrew at this very moment. Look at the ranking once more, then close it.")


def close_ranking(edition: Edition, *, by: Person, at: datetime, answer_hours: int = 72) -> Ranking:
    """Close the ranking for good and offer the seats to the first. A double click closes it once."""
    rules.may_close_ranking(by, edition, at).or_refuse()
    worked_out = standings(edition, at)  # computed before the transaction: it writes, and does nothing else
    digest = digest_of(worked_out)
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        rules.may_close_ranking(by, edition, at).or_refuse()
        _refuse_if_somebody_left(worked_out)
        ranking = Ranking.objects.create(
            edition=edition,
            closed_at=at,
            closed_by=by,
            lot_seed=worked_out.lot_seed,
            answer_hours=answer_hours,
            digest=digest,
        )
        _write(ranking, worked_out)
        if letters := reading_of(edition):
            settle(letters, at)
        note_closed(edition, at=at)
        acts.record(
            RankingClosed(
                edition=edition.pk,
                ranked=len(worked_out.lines),
                seats=edition.seats_offered,
                digest=Digest(digest),
            ),
            by=by,
            at=at,
            scope=edition.scope,
        )
        call_up(edition, by=by, at=at)
    return ranking


def _refuse_if_somebody_left(worked_out: Standings) -> None:
    """Refuse to write a line for who withdrew while the ranking was worked out; from here on withdrawing waits for us."""
    there = [line.application.pk for line in worked_out.lines]
    if Application.objects.filter(pk__in=there, withdrawn_at__isnull=False).exists():
        raise Refused(LEFT)


def _write(ranking: Ranking, worked_out: Standings) -> None:
    RankingLine.objects.bulk_create(
        RankingLine(
            ranking=ranking,
            application=line.application,
            place=line.place,
            points=line.points,
            test_points=line.test_points,
            letter_points=line.letter_points,
            cv_points=line.cv_points,
            lot=line.lot,
            decided_by=line.decided_by,
        )
        for line in worked_out.lines
    )


def digest_of(worked_out: Standings) -> str:
    """Return the fingerprint of a ranking: its lines in order, by code, with the seed of the lot."""
    said: dict[str, Any] = {
        "lot": worked_out.lot_seed,
        "lines": [
            [
                line.place,
                line.application.code,
                str(line.points),
                *([] if line.letter_points is None else [str(line.test_points), str(line.letter_points)]),
                str(line.cv_points),
                line.lot,
                line.decided_by,
            ]
            for line in worked_out.lines
        ],
    }
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()
