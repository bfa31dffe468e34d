"""How one gets in: codes by mail, links limited to one thing, what is counted, two colleagues who restore a third."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sqcuola.people.models.account import Person


class Purpose(models.TextChoices):
    """What a code proves. A code asked for one purpose opens no other."""

    ENTER = "enter", _("to come in")
    AGAIN = "again", _("to show that it is you")
    ADDRESS = "address", _("to change the mail address")
    MERGE = "merge", _("to join two accounts")
    RESCUE = "rescue", _("to ask two colleagues for help")


class SignInCode(models.Model):
    """Six digits and a link, sent in one mail. Both are stored as digests; either one uses up the row."""

    purpose = models.CharField(max_length=8, choices=Purpose)
    email = models.EmailField()
    # Who asked for it, where somebody was in: the address may be another than theirs, and goes with them.
    asked_by = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    code_digest = models.CharField(max_length=64)
    link_digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2)
    next = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField()
    expires = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["email", "-asked_at"], name="code_by_address")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class Tally(models.Model):
    """How often something was done in a window of time. The key is a keyed digest: no address can be read from it."""

    key = models.CharField(max_length=64)
    window = models.DateTimeField()
    until = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="tally_once_a_window")]
        indexes = [models.Index(fields=["until"], name="tally_until")]

    def __str__(self) -> str:
        return f"{self.count}"


class Link(models.Model):
    """A way in for one person to one thing: `url_name` with `url_kwargs`. The thing holds the key, if it needs one."""

    hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    url_name = models.CharField(max_length=100)
    url_kwargs = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    replaced_by = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, related_name="replaces")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires__gt=F("made_at")), name="link_expires_later")
        ]

    def __str__(self) -> str:
        return f"{self.url_name} {self.id}"


class Rescue(models.Model):
    """Someone who lost the second factor asks; two colleagues say yes; the old factors are gone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rescues")
    asked_at = models.DateTimeField()
    expires = models.DateTimeField()
    restored_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(restored_at=None, stopped_at=None),
                name="rescue_one_open_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class RescueVoice(models.Model):
    """One colleague who says: I spoke with them, it is they."""

    rescue = models.ForeignKey(Rescue, on_delete=models.CASCADE, related_name="voices")
    colleague = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rescue", "colleague"], name="rescue_voice_once_a_colleague")
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} for {self.rescue_id}"
