"""What an edition says in public: its rules as they were fixed, answers, voices and figures."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sqcuola.editions.models.edition import Edition


class RulesVersion(models.Model):
    """The rules as they stood from one instant on. `canonical` is JSON after RFC 8785, `digest` its SHA-256."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rules_versions")
    version = models.PositiveSmallIntegerField()
    canonical = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(_("reason"), max_length=600, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("a table", "version of the rules")
        verbose_name_plural = pgettext_lazy("a table", "versions of the rules")
        constraints = [
            models.UniqueConstraint(fields=["edition", "version"], name="rules_version_once"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="rules_change_has_a_reason"),
        ]
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.edition_id} v{self.version}"


class Clarification(models.Model):
    """A question somebody asked about a call. It is public once answered; who asked never is."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="clarifications")
    question = models.TextField(_("question"), max_length=1000)
    email = models.EmailField(_("mail address"), blank=True)
    language = models.CharField(max_length=2, default="it")
    asked_at = models.DateTimeField()
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-answered_at", "-asked_at"]

    def __str__(self) -> str:
        return self.question[:60]


class Voice(models.Model):
    """What somebody of a past edition says of it, with their leave."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="voices")
    words = models.TextField(_("words"), max_length=300)
    who = models.CharField(_("who says so"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.who


class Figure(models.Model):
    """A number of a past edition and what it counts: «360» «candidature lo scorso anno, 37 ammessi»."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="figures")
    number = models.CharField(_("number"), max_length=20)
    words_it = models.CharField(_("what it counts, in Italian"), max_length=120)
    words_en = models.CharField(_("what it counts, in English"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def words(self) -> str:
        """Return what is counted, in the language that is spoken now."""
        return self.words_en if get_language() == "en" and self.words_en else self.words_it
