"""Acts and the codes of who did them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class ActorCode(models.Model):
    """Who is behind a code in the acts of one scope. No foreign key: erasing a person deletes these rows."""

    code = models.CharField(max_length=32, unique=True)
    scope = models.CharField(max_length=32)
    account_id = models.BigIntegerField()
    # Of two merged accounts, both codes of a scope stay; new acts carry the current one.
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "account_id"], condition=Q(current=True), name="actor_code_once_a_scope"
            )
        ]
        indexes = [models.Index(fields=["account_id"], name="actor_code_account")]

    def __str__(self) -> str:
        return self.code


class Act(models.Model):
    """Something that was done. Appended, never changed; sealed into one chain. Triggers hold this (see migrations)."""

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
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "act")
        verbose_name_plural = pgettext_lazy("a table", "acts")
        constraints = [
            models.CheckConstraint(
                condition=Q(seq=None, hash="", sealed_at=None)
                | (Q(seq__gt=0, sealed_at__isnull=False) & ~Q(hash="")),
                name="act_sealed_whole",
            ),
            models.CheckConstraint(
                condition=Q(payload__isnull=True, salt=None) | Q(payload__isnull=False, salt__isnull=False),
                name="act_payload_with_its_salt",
            ),
        ]
        indexes = [
            models.Index(fields=["scope", "-id"], name="act_scope_latest"),
            models.Index(fields=["scope", "-at", "-id"], name="act_scope_when"),
            models.Index(fields=["scope", "audience", "-at", "-id"], name="act_scope_heard"),
            models.Index(fields=["verb", "-id"], name="act_verb_latest"),
            models.Index(fields=["id"], condition=Q(seq=None), name="act_unsealed"),
            models.Index(fields=["sealed_at", "seq"], name="act_sealed"),
            models.Index(fields=["subject_code"], condition=~Q(subject_code=""), name="act_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.id}"
