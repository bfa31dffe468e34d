"""What a person has shown they can do: written by the room where it happened, read by directory and portfolio."""

from django.db import models

from sqcuola.people.models.account import Person
from sqcuola.people.models.profile import Competence


class Evidence(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="evidence")
    competence = models.ForeignKey(Competence, on_delete=models.SET_NULL, null=True, related_name="evidence")
    kind = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=400)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "url"], name="evidence_once_a_thing")
        ]
        indexes = [models.Index(fields=["person", "-day"], name="evidence_latest")]

    def __str__(self) -> str:
        return self.title
