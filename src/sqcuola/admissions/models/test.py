"""The test of an edition: what is drawn, when one may begin, how long one has."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from sqcuola.editions.models import Edition
from sqcuola.questions.models import Blueprint


class Test(models.Model):
    """One may begin from `begins` up to, and not with, `ends`; each person's own minutes run from there.

    `told_of` is the beginning of which everybody who is to sit it was reminded; moved, they are reminded again.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="+")
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="+")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=40)
    told_of = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "test")
        verbose_name_plural = pgettext_lazy("a table", "tests")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="test_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 600)), name="test_fits_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}"
