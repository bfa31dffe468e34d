"""What came of a file of questions, item by item."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sqcuola.questions.models.bank import Bank, Question


class ImportRun(models.Model):
    """One file. Looked at first, then taken; `content` is let go of when it has been."""

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="imports")
    name = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    encoding = models.CharField(max_length=20)
    content = models.BinaryField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    received_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    items_in_file = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class ImportItem(models.Model):
    """What became of one item of the file. `why` and `losses` are codes; `questions.words` says them in a language."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("taken whole")
        LOSS = "loss", _("taken with a loss")
        DOUBLE = "double", _("already there")
        REFUSED = "refused", _("refused")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="items")
    ordinal = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    excerpt = models.CharField(max_length=160, blank=True)
    why = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=160, blank=True)
    losses = models.JSONField(default=list)
    question = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["run", "ordinal"], name="import_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.ordinal} {self.outcome}"
