"""A letter that a coordinator writes to a list of people, and to whom it went."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

PERSON = settings.AUTH_USER_MODEL


class Message(models.Model):
    """One letter to many. Until `leaves_at` it can be taken back; then a job puts one mail for each into the outbox."""

    edition = models.ForeignKey("editions.Edition", on_delete=models.CASCADE, related_name="+")
    list_key = models.CharField(max_length=40)
    # What the list was narrowed by, value by filter; empty where it was typed, since that may name somebody.
    only = models.JSONField(default=dict, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    # The same page posted twice is one letter.
    once = models.CharField(max_length=16, unique=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "letter to people")
        verbose_name_plural = pgettext_lazy("a table", "letters to people")
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(taken_back_at=None), name="message_left_or_taken_back"
            )
        ]
        indexes = [models.Index(fields=["edition", "-sent_at"], name="message_latest")]

    def __str__(self) -> str:
        return self.subject


class Receiver(models.Model):
    """One person a letter goes to. How it fared stands with the mail in the outbox."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="receivers")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    outgoing = models.ForeignKey(
        "kernel.Outgoing", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="receiver_once")]

    def __str__(self) -> str:
        return f"{self.person_id}"
