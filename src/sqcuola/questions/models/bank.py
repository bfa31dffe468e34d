"""What can be asked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Markup(models.TextChoices):
    PLAIN = "plain", _("plain text")
    MARKDOWN = "markdown", _("Markdown")
    HTML = "html", _("cleaned HTML")


class Bank(models.Model):
    """Questions that belong together, by where they come from. `trial`: ours, for trying the test page."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    language = models.CharField(_("language"), max_length=8, default="it")
    source = models.CharField(_("where it comes from"), max_length=200, blank=True)
    trial = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("a table", "bank of questions")
        verbose_name_plural = pgettext_lazy("a table", "banks of questions")

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One question. It is never changed once somebody was asked it: a mended one is a new version, this one retires."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("one right answer")
        MULTIPLE = "multiple", _("several right answers")
        TRUE_FALSE = "true-false", _("true or false")
        SHORT = "short", _("a short answer")
        NUMERICAL = "numerical", _("a number")
        MATCHING = "matching", _("pairs")
        ESSAY = "essay", _("a text, read by people")

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    markup = models.CharField(max_length=8, choices=Markup, default=Markup.PLAIN)
    area = models.CharField(max_length=120, blank=True)  # what several categories belong to
    category = models.CharField(max_length=120, blank=True)
    difficulty = models.PositiveSmallIntegerField(null=True, blank=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, default=1)
    feedback = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    digest = models.CharField(max_length=64)  # of the normalised words: finds the same question come twice
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bank", "digest", "version"], name="question_once_a_bank"),
            models.CheckConstraint(condition=Q(points__gt=0), name="question_is_worth_something"),
            models.CheckConstraint(
                condition=Q(difficulty=None) | Q(difficulty__range=(1, 5)), name="question_difficulty_1_to_5"
            ),
        ]
        indexes = [models.Index(fields=["bank", "category", "id"], name="question_by_category")]

    def __str__(self) -> str:
        return f"{self.pk} {self.text[:60]}"


class Option(models.Model):
    """An answer that one may choose, or that is accepted.

    `share` is the part of the question's points it brings (1, ½, −½, 0). Of a pair, `text` stands on the left and
    `matches` on the right (a right half without a left one leads astray). Of a number, `low` and `high` are the first and
    the last accepted.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    markup = models.CharField(max_length=8, choices=Markup, default=Markup.PLAIN)
    share = models.DecimalField(max_digits=7, decimal_places=6, default=0)
    matches = models.TextField(blank=True)
    low = models.DecimalField(max_digits=24, decimal_places=10, null=True, blank=True)
    high = models.DecimalField(max_digits=24, decimal_places=10, null=True, blank=True)
    feedback = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="option_position_once"),
            models.CheckConstraint(condition=Q(share__range=(-1, 1)), name="option_share_is_a_part"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
