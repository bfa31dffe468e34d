"""Reads of the bank, for who puts tests together."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from sqcuola.people.models import Person
from sqcuola.questions.models import Bank, Blueprint, ImportItem, ImportRun, Question


@dataclass(frozen=True, slots=True)
class Pool:
    """The questions of one category of a bank."""

    bank: Bank
    area: str
    category: str
    count: int

    @property
    def label(self) -> str:
        """Return the category as people read it."""
        return self.category.replace("_", " ")


def banks() -> QuerySet[Bank]:
    """Return the banks of the school with how many questions each has."""
    there = Count("questions", filter=Q(questions__retired_at=None))
    return Bank.objects.filter(trial=False).annotate(size=there).order_by("name")


def pools() -> list[Pool]:
    """Return every category of every bank that can be drawn from: a text, which people read, cannot yet."""
    rows = (
        Question.objects.filter(bank__trial=False, retired_at=None)
        .exclude(kind=Question.Kind.ESSAY)
        .values("bank", "area", "category")
        .annotate(count=Count("pk"))
        .order_by("bank__name", "area", "category")
    )
    by_pk = Bank.objects.in_bulk({row["bank"] for row in rows})
    return [Pool(by_pk[row["bank"]], row["area"], row["category"], row["count"]) for row in rows]


def blueprints() -> QuerySet[Blueprint]:
    """Return the blueprints of the school, the newest first."""
    return Blueprint.objects.filter(trial=False).prefetch_related("lines").order_by("-pk")


def blueprint(_person: Person, pk: int) -> Blueprint:
    """Load a blueprint; the rule says who may."""
    return Blueprint.objects.prefetch_related("lines").get(pk=pk, trial=False)


def run(_person: Person, pk: int) -> ImportRun:
    """Load an import; the rule says who may."""
    return ImportRun.objects.select_related("bank").get(pk=pk)


def counts(items: QuerySet[ImportItem]) -> Counter[str]:
    """Count items by what became of them."""
    return Counter(dict(items.order_by().values_list("outcome").annotate(Count("pk"))))
