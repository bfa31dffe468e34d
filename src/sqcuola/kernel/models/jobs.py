"""When each named piece of the schedule last ran. The queue itself is a table of django-tasks-db."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ScheduleRun(models.Model):
    """The last turn of a scheduled function: whoever moves this row forward runs it."""

    name = models.CharField(max_length=80, primary_key=True)
    last_at = models.DateTimeField()
    busy_until = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "piece of the schedule")
        verbose_name_plural = pgettext_lazy("a table", "pieces of the schedule")

    def __str__(self) -> str:
        return self.name
