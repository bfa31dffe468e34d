"""What a person agreed to, for which purpose, from when to when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sqcuola.people.models.account import Person


class Consent(models.Model):
    """A yes with its date, and the date it was taken back. A new yes is a new row."""

    class Purpose(models.TextChoices):
        PORTRAIT = "portrait", _("my portrait, shown to those I choose")
        VIDEO = "video", _("videos in which I can be seen or heard")
        NAME = "name", _("my name on the projects I worked on")
        CONTACT = "contact", _("companies of the school may write to me")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_given_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.purpose
