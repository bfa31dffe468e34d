"""One person's sitting: what was drawn for them and how long they had. What they answered stands in the log."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sqcuola.questions.models.bank import Question
from sqcuola.questions.models.blueprint import Blueprint

PERSON = settings.AUTH_USER_MODEL


class Attempt(models.Model):
    """`owner` and `thing` name who asked for it (a registered room's test); `code` opens it on another device.

    `deadline` is the first instant that refuses an answer. `ended_at` repeats what the log says, for whoever lists.
    """

    class How(models.TextChoices):
        HANDED_IN = "handed-in", _("handed in")
        TIME_UP = "time-up", _("time was up")

    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    owner = models.CharField(max_length=40, blank=True)
    thing = models.BigIntegerField(default=0)
    scope = models.CharField(max_length=32)
    code = models.CharField(max_length=16, unique=True)
    trial = models.BooleanField(default=False)
    seed = models.CharField(max_length=130)
    extra_percent = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    deadline = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, choices=How, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "attempt")
        verbose_name_plural = pgettext_lazy("a table", "attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "thing", "blueprint", "person"],
                condition=Q(trial=False),
                name="attempt_once_a_person",
            ),
            models.CheckConstraint(condition=Q(deadline__gt=F("started_at")), name="attempt_leaves_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None, how="") | (Q(ended_at__isnull=False) & ~Q(how="")),
                name="attempt_ended_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "thing"], name="attempt_by_owner"),
            models.Index(fields=["deadline"], condition=Q(ended_at=None), name="attempt_running"),
        ]

    def __str__(self) -> str:
        return self.code


class AttemptQuestion(models.Model):
    """A question as it was drawn: its place and the order in which its options stand (their ids; of pairs, both halves)."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    options = models.JSONField(default=list)
    matches = models.JSONField(default=list)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "place"], name="attempt_place_once"),
            models.UniqueConstraint(fields=["attempt", "question"], name="attempt_question_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.place}"


class Allowance(models.Model):
    """More time and aids for a person, without a reason: who granted it keeps that. Read by every attempt."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="+")
    extra_percent = models.PositiveSmallIntegerField(default=0)
    aids = models.CharField(max_length=200, blank=True)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(extra_percent__lte=300), name="allowance_is_at_most_four_times"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} +{self.extra_percent} %"
