"""The one search index."""

from django.db import models
from django.db.models import Q


class SearchEntry(models.Model):
    """Something that can be found, in one language. A copy: the owner puts it here anew whenever it changes, and takes it out.

    On SQLite triggers keep an FTS5 table beside this one; on PostgreSQL it has generated vectors with GIN indexes (see migrations).
    """

    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=32)
    audience = models.CharField(max_length=40)
    # Whose it is, if it is somebody's: their erasure takes it out.
    account_id = models.BigIntegerField(null=True, blank=True)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    stems = models.TextField()
    title_stems = models.TextField()
    title_words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "language"], name="search_entry_once_a_language")
        ]
        indexes = [
            models.Index(
                fields=["account_id"], condition=Q(account_id__isnull=False), name="search_entry_account"
            )
        ]

    def __str__(self) -> str:
        return self.key
