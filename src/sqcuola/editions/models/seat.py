"""Seats of a class."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from sqcuola.editions.models.edition import Edition


class Seat(models.Model):
    """A numbered place in the class. Nobody holds two in one edition, and no number is held twice."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="seats"
    )

    class Meta:
        verbose_name = pgettext_lazy("a table", "seat")
        verbose_name_plural = pgettext_lazy("a table", "seats")
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="seat_number_once"),
            models.UniqueConstraint(fields=["edition", "holder"], name="seat_holder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} #{self.number}"
