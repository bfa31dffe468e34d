"""The school, its editions, their phases, seats, roles, groups and audiences."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class School(models.Model):
    """The one school of this installation."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    town = models.CharField(_("town"), max_length=80, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/Rome")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="school_only_one")]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One run of the master, from its call to its archive. `scope` is its opaque name in acts."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=160)
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/Rome")
    scope = models.CharField(max_length=32, unique=True, editable=False)
    seats_offered = models.PositiveSmallIntegerField(_("seats"), default=30)
    awards_place = models.CharField(_("place of the awards"), max_length=120, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Phase(models.Model):
    """A stage of an edition with its dates. `ends` is the first instant that is refused."""

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        ASSESSMENT = "assessment", _("Assessment")
        READING = "reading", _("Reading")
        RANKING = "ranking", _("Ranking")
        CLASS = "class", _("Class")
        PROJECTS = "projects", _("Project work")
        AWARDS = "awards", _("Awards")
        ADOPTION = "adoption", _("Adoption")
        ARCHIVE = "archive", _("Archive")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=12, choices=Kind)
    begins = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="phase_once_an_edition"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="phase_ends_after_it_begins"),
        ]
        ordering = ["begins"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind}"


class Group(models.Model):
    """People together, with dated membership: a class, a team, a reading group."""

    class Kind(models.TextChoices):
        CLASS = "class", _("class")
        TEAM = "team", _("team")
        READING = "reading", _("reading group")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="groups")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="memberships")
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(ends=None), name="membership_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}"


class Role(models.Model):
    """What a person is entrusted with, and from when to when. Without an edition: in the whole house."""

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
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)

    class Meta:
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


class Seat(models.Model):
    """A numbered place in the class. Nobody holds two in one edition, and no number is held twice."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    holder = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="seats")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="seat_number_once"),
            models.UniqueConstraint(fields=["edition", "holder"], name="seat_holder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} #{self.number}"
