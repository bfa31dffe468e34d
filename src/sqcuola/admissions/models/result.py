"""The order in which people stand, and the seats they were offered for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sqcuola.admissions.models.application import Application
from sqcuola.editions.models import Edition, Seat


class Ranking(models.Model):
    """The ranking of an edition, closed once. Its digest stands in the act that closed it."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="+")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lot_seed = models.CharField(max_length=64)
    answer_hours = models.PositiveSmallIntegerField(default=72)
    digest = models.CharField(max_length=64)
    # When whoever still waited was told that the class begins; the wait itself ends by the clock.
    line_ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "ranking")
        verbose_name_plural = pgettext_lazy("a table", "rankings")

    def __str__(self) -> str:
        return f"{self.edition_id}"


class RankingLine(models.Model):
    """One person's place, with what decided it where points were equal."""

    class DecidedBy(models.TextChoices):
        POINTS = "points", _("points of the test")
        LETTER = "letter", _("points of the letter")
        CV = "cv", _("CV points")
        LOT = "lot", _("the lot")

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="lines")
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="line")
    place = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=8, decimal_places=3)
    # What the points come from, 0 to 100 each; nothing where the test decides alone.
    test_points = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    letter_points = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    cv_points = models.DecimalField(max_digits=6, decimal_places=2)
    lot = models.PositiveIntegerField()
    decided_by = models.CharField(max_length=8, choices=DecidedBy)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["ranking", "place"], name="ranking_place_once")]

    def __str__(self) -> str:
        return f"{self.place}. {self.application_id}"


class Offer(models.Model):
    """A seat offered to one person until an hour. Alive while made or accepted; a seat has one living offer."""

    class State(models.TextChoices):
        MADE = "made", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("expired")

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="offer")
    made_at = models.DateTimeField()
    deadline = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.MADE)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "offer of a seat")
        verbose_name_plural = pgettext_lazy("a table", "offers of a seat")
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state__in=["made", "accepted"]), name="offer_seat_once_alive"
            ),
            models.CheckConstraint(condition=Q(deadline__gt=F("made_at")), name="offer_leaves_time"),
            models.CheckConstraint(
                condition=Q(state="made", answered_at=None)
                | (~Q(state="made") & Q(answered_at__isnull=False)),
                name="offer_answered_has_its_hour",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.state}"
