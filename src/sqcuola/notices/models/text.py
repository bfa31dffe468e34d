"""Words of the house that an edition says in its own way."""

from django.conf import settings
from django.db import models

LANGUAGES = [("it", "Italiano"), ("en", "English")]


class EditedText(models.Model):
    """An automatic text as a coordinator wrote it, for one edition and language. Deleting the row is "back to ours"."""

    edition = models.ForeignKey("editions.Edition", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "key", "language"], name="edited_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.key} {self.language}"
