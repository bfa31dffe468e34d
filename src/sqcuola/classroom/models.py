"""The virtual classroom of a class. Lessons, materials and attendance will hang on it."""

from django.db import models

from sqcuola.editions.models import Group


class ClassRoom(models.Model):
    """One room for one class group, made with its edition."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.group)
