"""An application: where it stands is read from its dates, never from a flag."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sqcuola.editions.models import Edition

PERSON = settings.AUTH_USER_MODEL


class Application(models.Model):
    """One person who asks to enter one edition. What is judged was handed in; what is typed stands in Draft."""

    class Channel(models.TextChoices):
        FRIEND = "friend", _("from a friend or a colleague")
        STUDENT = "student", _("from somebody who was in a class")
        SOCIAL = "social", _("on a social network")
        SEARCH = "search", _("with a search engine")
        PRESS = "press", _("from a newspaper, the radio or a podcast")
        SCHOOL = "school", _("at school or university")
        EVENT = "event", _("at an event")
        OTHER = "other", pgettext_lazy("how did you hear", "in another way")

    class ShownAs(models.TextChoices):
        NAME = "name", _("by my name")
        CODE = "code", _("by my code only")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    test_code = models.CharField(max_length=10, unique=True)
    channel = models.CharField(max_length=8, choices=Channel, blank=True)
    born = models.DateField(null=True, blank=True)
    shown_as = models.CharField(max_length=4, choices=ShownAs, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    head_seq = models.BigIntegerField(
        null=True, blank=True
    )  # the chain's end that the receipt was given with
    head = models.CharField(max_length=64, blank=True)
    cv_points = models.DecimalField(max_digits=6, decimal_places=2, default=0)

    class Meta:
        verbose_name = pgettext_lazy("a table", "application")
        verbose_name_plural = pgettext_lazy("a table", "applications")
        constraints = [
            models.UniqueConstraint(fields=["edition", "person"], name="application_once_an_edition"),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(submitted_at__gte=F("started_at")),
                name="application_handed_in_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("started_at")),
                name="application_withdrawn_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | ~Q(digest=""), name="application_handed_in_has_a_digest"
            ),
        ]
        indexes = [models.Index(fields=["edition", "-started_at"], name="application_latest")]

    def __str__(self) -> str:
        return self.code


class Draft(models.Model):
    """One section as it was typed, valid or not. `version` grows with each save, so that a stale page is noticed."""

    class Section(models.TextChoices):
        ABOUT = "about", _("About you")
        LETTER = "letter", _("Your letter")
        CV = "cv", _("What you have done")
        HELP = "help", _("If you need a hand")
        CONSENTS = "consents", _("What you agree to")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="drafts")
    section = models.CharField(max_length=8, choices=Section)
    version = models.PositiveIntegerField(default=0)
    page = models.CharField(
        max_length=12, blank=True
    )  # the open page that saved last: it is never stale to itself
    typed = models.JSONField(default=dict)
    aside = models.JSONField(
        default=dict, blank=True
    )  # the text of a stale page, kept until a choice is made
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "section"], name="draft_once_a_section"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.section} v{self.version}"
