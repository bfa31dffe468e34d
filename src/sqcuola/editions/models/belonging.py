"""Who belongs where, and what they are entrusted with: groups, memberships, roles, invitations, bars."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sqcuola.editions.models.edition import Edition

PERSON = settings.AUTH_USER_MODEL


class Group(models.Model):
    """People together, with dated membership: a class, a team, a reading group."""

    class Kind(models.TextChoices):
        CLASS = "class", _("class")
        TEAM = "team", _("team")
        READING = "reading", _("reading group")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="groups")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=80)

    class Meta:
        verbose_name = pgettext_lazy("a table", "group")
        verbose_name_plural = pgettext_lazy("a table", "groups")
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(kind="class"), name="class_once_an_edition"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="memberships")
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "membership")
        verbose_name_plural = pgettext_lazy("a table", "memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(ends=None), name="membership_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}"


class Role(models.Model):
    """What a person is entrusted with, and from when to when. Without an edition: in the whole house.

    Triggers hold that nobody judges or coordinates an edition in which they are barred, or keeps its money besides.
    """

    class Kind(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        TEACHER = "teacher", _("teacher")
        MENTOR = "mentor", _("mentor")
        READER = "reader", _("reader")
        TUTOR = "tutor", _("tutor")
        JUROR = "juror", _("juror")
        TREASURER = "treasurer", _("treasurer")
        PAPERS = "papers", _("keeper of accommodation papers")

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="roles", null=True, blank=True
    )
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12, choices=Kind)
    about = models.CharField(_("what about"), max_length=120, blank=True)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "role")
        verbose_name_plural = pgettext_lazy("a table", "roles")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person", "kind"], condition=Q(ends=None), name="role_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(ends=None, edition=None),
                name="house_role_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Invitation(models.Model):
    """A role that somebody was asked to take on. It is theirs once they say yes; `role` is what came of it."""

    class State(models.TextChoices):
        SENT = "sent", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=12, choices=Role.Kind)
    about = models.CharField(_("what about"), max_length=120, blank=True)
    code = models.CharField(max_length=32, unique=True, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.SENT)
    handing_over = models.ForeignKey(Role, on_delete=models.SET_NULL, null=True, related_name="+")
    role = models.OneToOneField(Role, on_delete=models.SET_NULL, null=True, related_name="invitation")
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person", "kind"],
                condition=Q(state="sent"),
                name="invitation_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Bar(models.Model):
    """A person who may not judge in an edition, from an instant on. No reason stands here, for whoever reads it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="bars")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="bars")
    begins = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "person"], name="bar_once_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} barred in {self.edition_id}"
