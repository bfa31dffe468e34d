"""Files that people handed in. What is on the disk is named by its content; what it is called stands here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StoredFile(models.Model):
    """One file, owned by the row of a room that points at it. `kind` is what its first bytes say, not its sender."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being prepared")
        READY = "ready", _("ready")
        REFUSED = "refused", _("not readable")

    room = models.CharField(max_length=30)
    account_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    place = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.READY)
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("a table", "file")
        verbose_name_plural = pgettext_lazy("a table", "files")
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_holds_something")]
        indexes = [
            models.Index(fields=["account_id"], name="stored_file_account"),
            models.Index(fields=["digest"], name="stored_file_digest"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.kind.startswith("image/")

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY


class PartialFile(models.Model):
    """A file that is arriving in pieces. `received` is how much of it is safe; the next piece begins there."""

    token = models.CharField(max_length=64, unique=True)
    room = models.CharField(max_length=30)
    account_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=160)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="partial_file_fits"),
        ]
        indexes = [models.Index(fields=["account_id"], name="partial_file_account")]

    def __str__(self) -> str:
        return self.name
