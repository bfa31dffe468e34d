"""The virtual classroom of a class, and who is asked into it. Lessons, materials and attendance will hang on it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sqcuola.editions.models import Group

PERSON = settings.AUTH_USER_MODEL


class ClassRoom(models.Model):
    """One room for one class group, made with its edition."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("a table", "classroom")
        verbose_name_plural = pgettext_lazy("a table", "classrooms")

    def __str__(self) -> str:
        return str(self.group)


class ClassInvitation(models.Model):
    """A seat in a class that somebody was asked to take, where nobody applies. It is theirs once they say yes."""

    class State(models.TextChoices):
        SENT = "sent", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.SENT)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(state="sent"),
                name="class_invitation_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", answered_at=None)
                | (~Q(state="sent") & Q(answered_at__isnull=False)),
                name="class_invitation_has_the_instant_of_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("sent_at")),
                name="class_invitation_is_answered_after_it_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"
