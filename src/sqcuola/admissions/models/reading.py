"""Letters that are read blind: whose each paper is, and what test and letter weigh."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from sqcuola.admissions.models.application import Application
from sqcuola.editions.models import Edition
from sqcuola.marking.models import Paper


class Letter(models.Model):
    """Whose a paper is. This row is the only way from one to the other, and no reader's page comes near it."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="letter")
    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = pgettext_lazy("a table", "letter")
        verbose_name_plural = pgettext_lazy("a table", "letters")

    def __str__(self) -> str:
        return f"{self.application_id}"


class Weights(models.Model):
    """What test and letter weigh in the ranking, out of a hundred. An edition without letters to read has none."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="+")
    test = models.PositiveSmallIntegerField(default=50)
    letter = models.PositiveSmallIntegerField(default=50)

    class Meta:
        verbose_name = pgettext_lazy("a table", "weights of a selection")
        verbose_name_plural = pgettext_lazy("a table", "weights of selections")
        constraints = [
            models.CheckConstraint(condition=Q(test=100 - F("letter")), name="weights_are_a_hundred"),
        ]

    def __str__(self) -> str:
        return f"{self.test} + {self.letter}"
