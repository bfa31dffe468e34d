"""Acts and the codes of who did them."""

from django.db import models


class ActorCode(models.Model):
    """Who is behind a code in the acts of one scope. No foreign key: erasing a person deletes these rows."""

    code = models.CharField(max_length=32, unique=True)
    scope = models.CharField(max_length=32)
    account_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "account_id"], name="actor_code_once_a_scope")
        ]

    def __str__(self) -> str:
        return self.code


class Act(models.Model):
    """Something that was done. Appended, never changed; sealed into one chain."""

    verb = models.CharField(max_length=60)
    scope = models.CharField(max_length=32)
    actor_code = models.CharField(max_length=32, blank=True)
    subject_code = models.CharField(max_length=32, blank=True)
    audience = models.CharField(max_length=40)
    payload = models.JSONField(null=True)
    salt = models.CharField(max_length=64, null=True)  # noqa: DJ001 - erased to NULL with the payload
    payload_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    seq = models.BigIntegerField(null=True, unique=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["scope", "-id"], name="act_scope_latest")]

    def __str__(self) -> str:
        return f"{self.verb} {self.id}"
