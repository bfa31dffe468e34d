"""Writes of a round: making papers, giving them out, marking them, handing one on, closing."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sqcuola.kernel import acts, ids
from sqcuola.kernel.ids import Digest
from sqcuola.kernel.verdicts import Refused
from sqcuola.marking import rules, telling
from sqcuola.marking.acts import PaperReturned, PapersGiven, PapersMade, ReadingClosed
from sqcuola.marking.models import Apart, Assignment, Mark, Paper, Round, Sheet
from sqcuola.marking.queries import counted, open_sheets, own
from sqcuola.marking.queries import readers as readers_at
from sqcuola.methods.draw import Draw
from sqcuola.methods.readers import share
from sqcuola.people.models import Person

LONGEST = 2000
NOBODY = gettext_lazy(
    "Nobody else can read this paper: everybody who could has it, or cannot either. Write to whoever coordinates."
)
STRANGE = gettext_lazy("These are not points of this paper: nothing was changed.")
Body = Sequence[Mapping[str, str]]


def make_papers(round_: Round, bodies: Sequence[Body], *, by: Any, at: datetime) -> list[Paper]:
    """Make a paper of each body, in the order of `bodies`; once a round. Codes are drawn, and say nothing of that order.

    Whoever calls has asked their own rule, and keeps whose each paper is.
    """
    with transaction.atomic():
        locked = Round.objects.select_for_update().get(pk=round_.pk)
        if locked.filled_at:
            raise Refused(_("The papers of this round are made already."))
        papers = Paper.objects.bulk_create(
            Paper(round=locked, code=ids.code(8), body=list(body)) for body in bodies
        )
        locked.filled_at = at
        locked.save(update_fields=["filled_at"])
        round_.filled_at = at
        made = PapersMade(
            round=locked.pk, papers=len(papers), digest=_digest([[one.code, one.body] for one in papers])
        )
        acts.record(made, by=by, at=at, scope=locked.edition.scope)
    return papers


def _digest(said: list[Any]) -> Digest:
    return Digest(hashlib.sha256(rfc8785.dumps(sorted(said))).hexdigest())


def give_out(
    round_: Round,
    readers: Sequence[Person],
    apart: Collection[tuple[int, int]],
    *,
    by: Person,
    at: datetime,
) -> dict[str, int]:
    """Give every paper its readers, as evenly as can be. Given out again, what is read or closed stays where it is.

    Papers of somebody who is no longer among the readers go to others, but for those they closed. `apart` are pairs (paper, person) that
    must not meet. Returns how many readers each paper still lacks, by code: empty when every paper has enough.
    """
    with transaction.atomic():
        locked = Round.objects.select_for_update().get(pk=round_.pk)
        rules.goes_on(locked, max(at, locked.begins)).or_refuse()
        Apart.objects.bulk_create(
            (Apart(paper_id=paper, person_id=person) for paper, person in apart), ignore_conflicts=True
        )
        _take_back(locked, readers, at)
        if not locked.seed:
            locked.seed = acts.head(at).hash
        short = _share(locked, readers, by=by, at=at)
        locked.given_at = at
        locked.save(update_fields=["given_at", "seed"])
        round_.given_at, round_.seed = at, locked.seed
    return short


def _take_back(round_: Round, readers: Sequence[Person], at: datetime) -> None:
    """Take unclosed papers back from who does not read any more."""
    there = Assignment.objects.filter(paper__round=round_, returned_at=None)
    gone = there.exclude(reader__in=[one.pk for one in readers])
    gone.exclude(sheet__closed_at__isnull=False).update(returned_at=at)


def _share(round_: Round, readers: Sequence[Person], *, by: Person, at: datetime) -> dict[str, int]:
    papers = dict(round_.papers.order_by("code").values_list("pk", "code"))
    kept: dict[int, set[int]] = {}
    given = Assignment.objects.filter(paper__round=round_)
    for paper, reader in given.filter(returned_at=None).values_list("paper", "reader"):
        kept.setdefault(paper, set()).add(reader)
    never = set(Apart.objects.filter(paper__round=round_).values_list("paper", "person"))
    never |= set(given.filter(returned_at__isnull=False).values_list("paper", "reader"))
    shared = share(
        list(papers),
        [one.pk for one in readers],
        round_.each,
        never,
        f"{round_.seed} {len(never)}",
        kept=kept,
    )
    new = [
        (paper, reader)
        for paper, there in shared.readers.items()
        for reader in there
        if reader not in kept.get(paper, ())
    ]
    _lay(round_, new, at)
    digest = _digest([[papers[paper], *map(str, there)] for paper, there in shared.readers.items()])
    acts.record(
        PapersGiven(round=round_.pk, readers=len(readers), digest=digest),
        by=by,
        at=at,
        scope=round_.edition.scope,
    )
    return {papers[paper]: lacks for paper, lacks in shared.short.items()}


def _lay(round_: Round, new: Sequence[tuple[int, int]], at: datetime) -> None:
    """Lay papers on their readers' piles, in an order that is drawn for each, and tell them: nobody reads papers as they came."""
    piles: dict[int, list[int]] = {}
    for paper, reader in new:
        piles.setdefault(reader, []).append(paper)
    rows = []
    for reader, papers in piles.items():
        last = Assignment.objects.filter(paper__round=round_, reader=reader).count()
        drawn = Draw(round_.seed, f"pile {reader} {last}").shuffle(sorted(papers))
        rows += [
            Assignment(paper_id=paper, reader_id=reader, turn=last + turn, given_at=at)
            for turn, paper in enumerate(drawn, start=1)
        ]
    Assignment.objects.bulk_create(rows)
    for person in Person.objects.filter(pk__in=piles).order_by("pk"):
        telling.given(round_, person, len(piles[person.pk]), at)


def mark(assignment: Assignment, points: Mapping[int, int], words: str, *, by: Person, at: datetime) -> Sheet:
    """Save what a reader gives so far: points by criterion, some or all, and words. What is not named stays as it was.

    Raises:
        Refused: points that the criterion does not have, or words that are too long; nothing is saved then.
    """
    rules.may_mark(by, assignment, at).or_refuse()
    top = {one.pk: one.most for one in assignment.paper.round.rubric}
    if any(criterion not in top or not 0 <= given <= top[criterion] for criterion, given in points.items()):
        raise Refused(STRANGE)
    if len(words) > LONGEST:
        over = len(words) - LONGEST
        said = ngettext(
            "%(n)s character too many: nothing was changed.",
            "%(n)s characters too many: nothing was changed.",
            over,
        )
        raise Refused(said % {"n": over})
    with transaction.atomic():
        if not Assignment.objects.select_for_update().filter(pk=assignment.pk, returned_at=None):
            raise Refused(rules.LEFT)
        sheet, made = Sheet.objects.select_for_update().get_or_create(
            assignment=assignment, defaults={"words": words, "saved_at": at}
        )
        if sheet.closed_at:
            raise Refused(rules.CLOSED)
        if not made:
            sheet.words, sheet.saved_at = words, at
            sheet.save(update_fields=["words", "saved_at"])
        Mark.objects.bulk_create(
            (Mark(sheet=sheet, criterion_id=criterion, points=given) for criterion, given in points.items()),
            update_conflicts=True,
            unique_fields=["sheet", "criterion"],
            update_fields=["points"],
        )
    return sheet


def hand_back(assignment: Assignment, readers: Sequence[Person], *, by: Person, at: datetime) -> None:
    """Hand a paper on, since its reader knows who wrote it: to whoever of the readers has least and may read it.

    Why is asked of nobody, and stands nowhere.
    """
    rules.may_return(by, assignment, at).or_refuse()
    paper = assignment.paper
    with transaction.atomic():
        round_ = Round.objects.select_for_update().select_related("edition").get(pk=paper.round_id)
        _still_theirs(assignment)
        never = {
            *paper.assignments.values_list("reader", flat=True),
            *paper.apart.values_list("person", flat=True),
        }
        # Whoever was asked after papers were given out last: nobody has said yet whose papers must not come to them.
        known = {one.pk for one in readers_at(round_.edition, round_.given_at or at)}
        free = [one for one in readers if one.pk in known - never]
        if not free:
            raise Refused(NOBODY)
        has = {one.pk: own(round_, one).count() for one in free}
        drawn = Draw(round_.seed, f"on {paper.code} {len(never)}").shuffle(sorted(has))
        taker = min(drawn, key=lambda one: has[one])
        assignment.returned_at = at
        assignment.save(update_fields=["returned_at"])
        _lay(round_, [(paper.pk, taker)], at)
        acts.record(PaperReturned(round=round_.pk), by=by, at=at, scope=round_.edition.scope)


def _still_theirs(assignment: Assignment) -> None:
    """Refuse what was handed on, or closed, while somebody clicked twice: a paper goes to one other, once."""
    here = Assignment.objects.select_for_update().filter(pk=assignment.pk, returned_at=None)
    if not here:
        raise Refused(rules.LEFT)
    if here.filter(sheet__closed_at__isnull=False).exists():
        raise Refused(rules.CLOSED)


def settle(round_: Round, at: datetime) -> None:
    """Fix the sheets that count, in the caller's transaction: something was worked out of them, for good."""
    counts = counted(round_, at).filter(closed_at=None).values_list("pk", flat=True)
    Sheet.objects.filter(pk__in=list(counts)).update(closed_at=at)


def close(round_: Round, *, by: Person, at: datetime) -> int:
    """Close one's reading: every sheet of it is fixed. A double click closes it once. Returns how many papers."""
    with transaction.atomic():
        locked = Round.objects.select_for_update().get(pk=round_.pk)
        if own(locked, by).exists() and not open_sheets(locked, by).left:
            return 0
        rules.may_close(by, locked, at).or_refuse()
        sheets = Sheet.objects.filter(assignment__in=own(locked, by), closed_at=None)
        closed = sheets.update(closed_at=at)
        acts.record(ReadingClosed(round=locked.pk, papers=closed), by=by, at=at, scope=locked.edition.scope)
    return closed
