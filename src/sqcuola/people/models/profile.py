"""What people say of themselves, and who may read which field."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sqcuola.kernel.models import StoredFile
from sqcuola.people.models.account import Person


class Profile(models.Model):
    """What a person says of themselves; later stages compare town and employer, and read them only here."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")
    town = models.CharField(_("town"), max_length=80, blank=True)
    region = models.CharField(_("region"), max_length=60, blank=True)
    employer = models.CharField(_("employer or school"), max_length=120, blank=True)
    sentence = models.CharField(_("one sentence about you"), max_length=200, blank=True)
    portrait = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.person)


class FieldPrivacy(models.Model):
    """Who may read one field of one person. Without a row: the class."""

    class Field(models.TextChoices):
        NAME = "name", _("name")
        PORTRAIT = "portrait", _("portrait")
        TOWN = "town", _("town")
        REGION = "region", _("region")
        EMPLOYER = "employer", _("employer or school")
        COMPETENCES = "competences", _("what you can do")
        SENTENCE = "sentence", _("one sentence about you")

    class Audience(models.TextChoices):
        WORLD = "world", _("everybody")
        MEMBERS = "members", _("people of the school")
        CLASS = "class", _("my class")
        NOBODY = "nobody", _("nobody")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="field_privacy")
    field = models.CharField(max_length=12, choices=Field)
    audience = models.CharField(max_length=8, choices=Audience)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "field"], name="privacy_once_a_field")]

    def __str__(self) -> str:
        return f"{self.field}: {self.audience}"


class Competence(models.Model):
    """Something one can know or know how to do. `folded` is the name without capitals and accents."""

    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=60, unique=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "competence")
        verbose_name_plural = pgettext_lazy("a table", "competences")

    def __str__(self) -> str:
        return self.name


class PersonCompetence(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="competences")
    competence = models.ForeignKey(Competence, on_delete=models.CASCADE, related_name="people")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "competence"], name="competence_once_a_person")
        ]
        ordering = ["place"]

    def __str__(self) -> str:
        return str(self.competence)
