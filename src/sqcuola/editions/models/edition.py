"""Editions, their phases, and what was changed after people could rely on it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Edition(models.Model):
    """One run of the master, from its call to its archive. `scope` is its opaque name in acts.

    In headlines, *these marks* stand around the words that the yellow marker goes over.
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=160)
    subject = models.CharField(_("what is taught"), max_length=160, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/Rome")
    scope = models.CharField(max_length=32, unique=True, editable=False)
    preset = models.CharField(max_length=20, blank=True, editable=False)
    seats_offered = models.PositiveSmallIntegerField(_("seats"), default=30)
    awards_place = models.CharField(_("place of the awards"), max_length=120, blank=True)
    contact_name = models.CharField(_("who helps"), max_length=80, blank=True)
    contact_phone = models.CharField(_("their phone"), max_length=24, blank=True)
    contact_mail = models.EmailField(_("their mail address"), max_length=254, blank=True)
    headline_it = models.CharField(_("headline in Italian"), max_length=160, blank=True)
    headline_en = models.CharField(_("headline in English"), max_length=160, blank=True)
    lead_it = models.TextField(_("opening in Italian"), max_length=600, blank=True)
    lead_en = models.TextField(_("opening in English"), max_length=600, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    ranking_closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("a table", "edition")
        verbose_name_plural = pgettext_lazy("a table", "editions")
        constraints = [
            models.CheckConstraint(
                condition=Q(contact_name="", contact_phone="", contact_mail="")
                | (~Q(contact_name="") & (~Q(contact_phone="") | ~Q(contact_mail=""))),
                name="edition_contact_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Return the address of the public page, which a higher room serves."""
        return f"/e/{self.slug}/"

    @property
    def headline(self) -> str:
        """Return the headline in the language that is spoken now, or in the other."""
        return self._said(self.headline_it, self.headline_en)

    @property
    def lead(self) -> str:
        """Return the opening in the language that is spoken now, or in the other."""
        return self._said(self.lead_it, self.lead_en)

    @staticmethod
    def _said(italian: str, english: str) -> str:
        return (english or italian) if get_language() == "en" else (italian or english)


class Phase(models.Model):
    """A stage of an edition with its dates. `ends` is the first instant that is refused."""

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        ASSESSMENT = "assessment", _("Assessment")
        READING = "reading", _("Reading")
        RANKING = "ranking", _("Ranking")
        CLASS = "class", _("Class")
        PROJECTS = "projects", _("Project work")
        AWARDS = "awards", _("Awards")
        ADOPTION = "adoption", _("Adoption")
        ARCHIVE = "archive", _("Archive")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=12, choices=Kind)
    begins = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = pgettext_lazy("a table", "phase")
        verbose_name_plural = pgettext_lazy("a table", "phases")
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="phase_once_an_edition"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="phase_ends_after_it_begins"),
        ]
        ordering = ["begins"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind}"


class Change(models.Model):
    """What was changed in public, when, and why in words: people had planned on the dates as they were."""

    class Kind(models.TextChoices):
        MOVED = "moved", _("moved")
        EXTENDED = "extended", _("extended")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")
        OTHER = "other", _("changed")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=9, choices=Kind)
    phase = models.CharField(max_length=12, choices=Phase.Kind, blank=True)
    was = models.DateTimeField(null=True, blank=True)
    now = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=600)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("a table", "change made in public")
        verbose_name_plural = pgettext_lazy("a table", "changes made in public")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind}"
