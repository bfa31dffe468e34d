"""The outbox: a letter is a row before it is sent, so that it is sent once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sqcuola.kernel import reasons


class Outgoing(models.Model):
    """One letter to one address. It moves from waiting to sending to sent, or ends in a state that a person sees."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        BOUNCED = "bounced", _("came back")
        UNCERTAIN = "uncertain", _("perhaps sent")
        TAKEN_BACK = "taken-back", _("taken back")

    key = models.CharField(max_length=160, unique=True)
    to = models.EmailField()
    language = models.CharField(max_length=2, default="it")
    subject = models.CharField(max_length=255)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    put_at = models.DateTimeField()
    send_after = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    # Of one that came back, or perhaps never left: a person looked, and sends no other.
    left_at = models.DateTimeField(null=True, blank=True)
    # What other mail servers, or the provider, call this letter when they send it back.
    message_id = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "letter that leaves")
        verbose_name_plural = pgettext_lazy("a table", "letters that leave")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="outgoing_sent_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claimed_at__isnull=False),
                name="outgoing_sending_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "claimed_at"], name="outgoing_state"),
            models.Index(fields=["to"], name="outgoing_to"),
            models.Index(fields=["message_id"], name="outgoing_message_id"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def why(self) -> reasons.Words:
        """Say in words why the letter came back; nothing while it did not."""
        return reasons.why(self.problem) if self.state == self.State.BOUNCED else ""
