"""More time, or an aid, at the test. Its papers are read by one role, and deleted on their day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sqcuola.admissions.models.application import Application


class Accommodation(models.Model):
    """What somebody needs to take the test on a par with the others, and what was decided."""

    class More(models.IntegerChoices):
        NONE = 0, _("no more time")
        QUARTER = 25, _("a quarter more time")
        THIRD = 33, _("a third more time")
        HALF = 50, _("half as much time again")

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="accommodation")
    wanted_percent = models.PositiveSmallIntegerField(choices=More, default=More.NONE)
    wanted = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    granted_percent = models.PositiveSmallIntegerField(choices=More, default=More.NONE)
    granted = models.CharField(max_length=300, blank=True)
    delete_papers_on = models.DateTimeField(null=True, blank=True)
    papers_deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(papers_deleted_at=None) | Q(wanted=""),
                name="accommodation_deleted_papers_are_gone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}"
