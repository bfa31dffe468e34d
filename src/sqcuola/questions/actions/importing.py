"""Take a file of questions into a bank, in small steps, each item with what came of it."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.utils.html import strip_tags

from sqcuola.kernel import acts
from sqcuola.kernel.jobs import Job
from sqcuola.people.models import Person
from sqcuola.questions import rules
from sqcuola.questions.acts import QuestionsImported
from sqcuola.questions.formats import Item, Looked, Refused, Taken, look
from sqcuola.questions.models import Bank, ImportItem, ImportRun, Option, Question

BATCH = 100  # a write stays well under 200 ms
Outcome = ImportItem.Outcome
TRUTH = {
    "it": {"true": "Vero", "false": "Falso"},
    "en": {"true": "True", "false": "False"},
}


def receive(
    content: bytes, name: str, bank: Bank, *, by: Person | None, at: datetime, wanted: str = ""
) -> ImportRun:
    """Keep a file to look at, and say what it is. Raises formats.Unreadable with a reason; nothing is in the bank yet."""
    if by is not None:
        rules.may_manage(by, at).or_refuse()
    looked = look(content, wanted)
    return ImportRun.objects.create(
        bank=bank,
        name=name[:200],
        format=looked.format,
        encoding=looked.encoding,
        content=content,
        by=by,
        received_at=at,
        items_in_file=sum(1 for _item in looked.items()),
    )


def take(run: ImportRun, *, at: datetime) -> ImportRun:
    """Take the items of a file into its bank. Broken off and called again, it goes on where it was."""
    if run.content is None:
        return run
    looked = look(bytes(run.content), run.format)
    ImportRun.objects.filter(pk=run.pk, began_at=None).update(began_at=at)
    done = run.items.count()
    for batch in batched(enumerate(looked.items(), start=1), BATCH):
        if batch[-1][0] > done:
            _take_some(run, [one for one in batch if one[0] > done], at)
    _end(run, at)
    return run


def begin_later(run: ImportRun, later: Job, *, at: datetime) -> None:
    """Leave a large file to the worker; a second press changes nothing."""
    with transaction.atomic():
        if ImportRun.objects.filter(pk=run.pk, began_at=None).update(began_at=at):
            later.enqueue(run.pk)


def _take_some(run: ImportRun, items: list[tuple[int, Item]], at: datetime) -> None:
    """Write a few items in one transaction."""
    digests = {ordinal: item.digest() for ordinal, item in items if isinstance(item, Taken)}
    with transaction.atomic():
        Bank.objects.select_for_update().get(pk=run.bank_id)
        known = set(
            Question.objects.filter(bank=run.bank_id, digest__in=digests.values()).values_list(
                "digest", flat=True
            )
        )
        fresh: dict[int, Question] = {}
        for ordinal, item in items:
            if isinstance(item, Taken) and digests[ordinal] not in known:
                known.add(digests[ordinal])
                fresh[ordinal] = _question(item, run.bank, digests[ordinal], at)
        Question.objects.bulk_create(fresh.values())
        Option.objects.bulk_create(
            option
            for ordinal, item in items
            if isinstance(item, Taken) and ordinal in fresh
            for option in _options(item, fresh[ordinal], run.bank.language)
        )
        ImportItem.objects.bulk_create(
            _told(run, ordinal, item, fresh.get(ordinal)) for ordinal, item in items
        )


def _question(item: Taken, bank: Bank, digest: str, at: datetime) -> Question:
    return Question(
        bank=bank,
        kind=item.kind,
        title=item.title,
        text=item.text,
        markup=item.markup,
        area=item.area,
        category=item.category,
        feedback=item.feedback,
        digest=digest,
        added_at=at,
    )


def _options(item: Taken, question: Question, language: str) -> Iterator[Option]:
    truth = TRUTH.get(language, TRUTH["it"]) if item.kind == Question.Kind.TRUE_FALSE else {}
    for position, one in enumerate(item.choices, start=1):
        yield Option(
            question=question,
            position=position,
            text=truth.get(one.text, one.text),
            markup=one.markup,
            share=one.share,
            matches=one.matches,
            low=one.low,
            high=one.high,
            feedback=one.feedback,
        )


def _told(run: ImportRun, ordinal: int, item: Item, question: Question | None) -> ImportItem:
    told = ImportItem(run=run, ordinal=ordinal, line=item.line, question=question)
    if isinstance(item, Refused):
        told.outcome, told.why, told.detail, told.excerpt = (
            Outcome.REFUSED,
            item.why,
            item.detail,
            item.excerpt,
        )
    else:
        told.excerpt = " ".join(strip_tags(item.text).split())[:160]
        told.losses = [[loss.code, loss.detail] for loss in item.losses]
        told.outcome = Outcome.LOSS if item.losses else Outcome.TAKEN
        if question is None:
            told.outcome, told.why = Outcome.DOUBLE, "double"
    return told


def _end(run: ImportRun, at: datetime) -> None:
    """Let the file go, and record what came of it; once, whoever else was at it."""
    with transaction.atomic():
        ended = ImportRun.objects.filter(pk=run.pk, ended_at=None).update(ended_at=at, content=None)
        if ended:
            acts.record(
                QuestionsImported(
                    bank=run.bank_id,
                    run=run.pk,
                    taken=run.items.filter(outcome__in=[Outcome.TAKEN, Outcome.LOSS]).count(),
                    refused=run.items.filter(outcome=Outcome.REFUSED).count(),
                ),
                by=run.by,
                at=at,
            )
    run.refresh_from_db(fields=["began_at", "ended_at", "content"])


def rehearse(looked: Looked, bank: Bank | None) -> Iterator[ImportItem]:
    """Say what taking a file would come to, without writing anything."""
    known: set[str] = set()
    for batch in batched(enumerate(looked.items(), start=1), BATCH):
        digests = {ordinal: item.digest() for ordinal, item in batch if isinstance(item, Taken)}
        if bank is not None:
            there = Question.objects.filter(bank=bank, digest__in=digests.values())
            known |= set(there.values_list("digest", flat=True))
        for ordinal, item in batch:
            told = _told(ImportRun(), ordinal, item, None)
            if isinstance(item, Taken) and digests[ordinal] not in known:
                known.add(digests[ordinal])
                told.outcome, told.why = (Outcome.LOSS if item.losses else Outcome.TAKEN), ""
            yield told


def as_json(items: list[ImportItem]) -> str:
    """Return a report as JSON lines do: what a program reads."""
    return json.dumps(
        [
            {
                "item": one.ordinal,
                "line": one.line,
                "outcome": one.outcome,
                "why": one.why,
                "detail": one.detail,
                "losses": one.losses,
                "excerpt": one.excerpt,
            }
            for one in items
        ],
        ensure_ascii=False,
        indent=1,
    )
