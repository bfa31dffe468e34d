"""A copy of everything about me, and the list of those who asked to be forgotten."""

from django.db import models
from django.utils.translation import pgettext_lazy

from sqcuola.people.models.account import Person


class Export(models.Model):
    """A copy of everything about a person: asked for, built by a job, gone after a week."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="exports")
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires = models.DateTimeField(null=True)
    name = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at}"


class TakeDown(models.Model):
    """The digest of the mark of an erased person: a restored copy is cleaned by it, and nobody can be read from it."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("a table", "take-down")
        verbose_name_plural = pgettext_lazy("a table", "take-downs")

    def __str__(self) -> str:
        return self.digest[:12]
