"""One thing, one notice: what a person is told, and how they want to be told."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PERSON = settings.AUTH_USER_MODEL


class Notice(models.Model):
    """Something one person is told, once. Its words are made from `kind` and `data` in the reader's language."""

    class Mail(models.TextChoices):
        NONE = "none", _("only here")
        SENT = "sent", _("sent by mail")
        DIGEST = "digest", _("waits for the daily mail")
        GATHERED = "gathered", _("was in a daily mail")

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="notices")
    edition = models.ForeignKey(
        "editions.Edition", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    data = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=200)
    act_id = models.BigIntegerField(null=True, blank=True)
    mail = models.CharField(max_length=8, choices=Mail, default=Mail.NONE)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "notice")
        verbose_name_plural = pgettext_lazy("a table", "notices")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["person", "-made_at"], name="notice_latest"),
            models.Index(fields=["person"], condition=Q(seen_at=None), name="notice_unseen"),
            models.Index(fields=["person"], condition=Q(mail="digest"), name="notice_for_digest"),
        ]

    def __str__(self) -> str:
        return self.key


class Preference(models.Model):
    """How a person wants to hear of one kind of thing, where it is not as we propose."""

    class How(models.TextChoices):
        NOW = "now", _("by mail, at once")
        DAILY = "daily", _("in one mail a day")
        HERE = "here", _("only here")

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    how = models.CharField(max_length=5, choices=How)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="preference_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.how}"


class Hours(models.Model):
    """When a person wants no mail, and at what hour the daily one comes. In the school's zone."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="+")
    quiet_from = models.TimeField(_("no mail from"), default=time(22))
    quiet_until = models.TimeField(_("to"), default=time(7))
    digest_at = models.TimeField(_("the daily mail comes at"), default=time(8))

    def __str__(self) -> str:
        return f"{self.quiet_from}-{self.quiet_until}"
