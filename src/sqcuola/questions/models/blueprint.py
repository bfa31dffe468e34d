"""How a test is put together."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sqcuola.questions.models.bank import Bank


class Blueprint(models.Model):
    """So many questions from each category, drawn from a seed.

    From `fixed_at` on (the first real attempt, at the latest) neither lines nor seed change, and the pool is what the
    banks held then: so every draw can be repeated to the letter. `minutes` are those of an attempt that no owner gives
    its own (the trial): a real test has the minutes of whoever sets it.
    """

    class Policy(models.TextChoices):
        EACH = "each", _("Each person gets their own questions")
        SAME = "same", _("Everybody gets the same questions")

    name = models.CharField(_("name"), max_length=120)
    policy = models.CharField(
        _("who gets which questions"), max_length=4, choices=Policy, default=Policy.EACH
    )
    seed = models.CharField(max_length=64)
    shuffle_options = models.BooleanField(_("mix the order of the answers"), default=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=40)
    per_page = models.PositiveSmallIntegerField(_("questions on a page"), default=1)
    trial = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "blueprint")
        verbose_name_plural = pgettext_lazy("a table", "blueprints")
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(1, 600)), name="blueprint_minutes_fit_a_day"),
            models.CheckConstraint(condition=Q(per_page__range=(1, 50)), name="blueprint_page_is_readable"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        """Return how many questions the test has."""
        return sum(line.count for line in self.lines.all())


class BlueprintLine(models.Model):
    """`count` questions of one category of a bank; an empty category is the whole bank."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=120, blank=True)
    count = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "bank", "category"], name="blueprint_category_once"),
            models.CheckConstraint(condition=Q(count__gte=1), name="blueprint_line_asks_something"),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.label}"

    @property
    def label(self) -> str:
        """Return the category as people read it, else the bank."""
        return self.category.replace("_", " ") or str(self.bank)
