"""The one school of this installation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class School(models.Model):
    """Who teaches here. `mark` is a small PNG, drawn again from what was uploaded; empty: the name is the mark."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    town = models.CharField(_("town"), max_length=80, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/Rome")
    mark = models.BinaryField(default=bytes, editable=False)
    founded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = pgettext_lazy("a table", "school")
        verbose_name_plural = pgettext_lazy("a table", "schools")
        constraints = [models.CheckConstraint(condition=Q(only=True), name="school_only_one")]

    def __str__(self) -> str:
        return self.name


class FirstCode(models.Model):
    """The one-time code that opens the first page of an empty installation. Only its digest is kept, and only the newest."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="first_code_only_one")]

    def __str__(self) -> str:
        return str(self.made_at)
