"""Files that came with an application: what shows a claim, or the papers of who needs a hand at the test."""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q

from sqcuola.admissions.models.application import Application
from sqcuola.admissions.models.asked import CvItem
from sqcuola.kernel.models import StoredFile


class ApplicationFile(models.Model):
    """A file with an `item` shows what is claimed for it; one without is a paper, read by one role and deleted on its day.

    Handing in freezes it. What is taken away afterwards stays in what was handed in until one hands in again.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="files")
    item = models.ForeignKey(CvItem, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=16, unique=True)
    digest = models.CharField(
        max_length=64
    )  # of what was sent, before a picture is drawn anew: who kept it can show that it is this one
    added_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "item", "digest"],
                condition=Q(item__isnull=False),
                name="application_file_once_a_claim",
            ),
            models.UniqueConstraint(
                fields=["application", "digest"], condition=Q(item=None), name="application_file_once_a_paper"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(handed_in_at__isnull=False),
                name="application_file_removed_was_handed_in",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(handed_in_at__gte=F("added_at")),
                name="application_file_handed_in_after_it_came",
            ),
        ]

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file goes in an application: to what is claimed for an item, or to the papers of who needs a hand."""

    application: Application
    item: CvItem | None

    @property
    def slug(self) -> str:
        """Return how forms and addresses name it."""
        return f"cv-{self.item.pk}" if self.item else "help"

    def files(self) -> "models.QuerySet[ApplicationFile]":
        """Return what lies there, as one sees it while typing: without what was taken away."""
        there = ApplicationFile.objects.filter(application=self.application, item=self.item, removed_at=None)
        return there.select_related("file")
