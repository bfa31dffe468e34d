"""The log of answers. Appended, never changed; in a database file of its own on SQLite, so it names no other row by key."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AnswerEntry(models.Model):
    """What one device said of one attempt, in its own order `seq`.

    `given` is when the person answered, as far as it is known; `received` when it stood here. The value of a choice is the ids of
    the options, of pairs "id=id", of the others the text; empty takes an answer back.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("an answer")
        REVIEW = "review", _("to look at again, or no more")
        HAND_IN = "hand-in", _("handed in")
        TIME_UP = "time-up", _("time was up")
        ERASED = "erased", _("erased with its person")

    attempt = models.BigIntegerField()
    device = models.CharField(max_length=24)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ANSWER)
    question = models.BigIntegerField(null=True)
    value = models.TextField(blank=True)
    given = models.DateTimeField()
    received = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("a table", "answer as it was given")
        verbose_name_plural = pgettext_lazy("a table", "answers as they were given")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "device", "seq"], name="answer_once_a_device"),
            models.UniqueConstraint(
                fields=["attempt"],
                condition=Q(kind__in=["hand-in", "time-up"]),
                name="answer_log_closes_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["answer", "review"], question__isnull=False)
                | Q(kind__in=["hand-in", "time-up", "erased"], question=None),
                name="answer_names_its_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt} {self.device} {self.seq}"
