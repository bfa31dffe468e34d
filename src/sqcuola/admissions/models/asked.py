"""What an edition asks of everybody, and what one application answered when it was handed in."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from sqcuola.admissions.models.application import Application
from sqcuola.editions.models import Edition


class LetterQuestion(models.Model):
    """A question of the letter: the same words for everybody."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    words_it = models.CharField(max_length=300)
    words_en = models.CharField(max_length=300, blank=True)
    help_it = models.CharField(max_length=300, blank=True)
    help_en = models.CharField(max_length=300, blank=True)
    longest = models.PositiveSmallIntegerField(default=1500)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="letter_question_position_once"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return (get_language() == "en" and self.words_en) or self.words_it

    @property
    def help(self) -> str:
        return (get_language() == "en" and self.help_en) or self.help_it


class LetterAnswer(models.Model):
    """What was answered to one question, as handed in."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(LetterQuestion, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="letter_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.question_id}"


class CvItem(models.Model):
    """Something one may have done that gives points: so many each, never more than `most`."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    words_it = models.CharField(max_length=200)
    words_en = models.CharField(max_length=200, blank=True)
    help_it = models.CharField(max_length=300, blank=True)
    help_en = models.CharField(max_length=300, blank=True)
    each = models.DecimalField(max_digits=4, decimal_places=2)
    most = models.DecimalField(max_digits=4, decimal_places=2)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="cv_item_position_once"),
            models.CheckConstraint(condition=Q(each__gt=0, most__gt=0), name="cv_item_gives_points"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return (get_language() == "en" and self.words_en) or self.words_it

    @property
    def help(self) -> str:
        return (get_language() == "en" and self.help_en) or self.help_it

    def points_for(self, number: int) -> Decimal:
        return min(self.each * number, self.most)


class CvClaim(models.Model):
    """How many of one item a person says they have, and how one can see it, as handed in."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="claims")
    item = models.ForeignKey(CvItem, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    evidence = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "item"], name="cv_claim_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="cv_claim_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.item_id}"


Asked = LetterQuestion | CvItem
PARTS: dict[str, type[Asked]] = {"letter": LetterQuestion, "cv": CvItem}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what an edition asks: the questions of its letter, or the items of its CV."""

    edition: Edition
    kind: str

    @property
    def rows(self) -> QuerySet[Asked]:
        """Return what is asked there, in order."""
        return PARTS[self.kind].objects.filter(edition=self.edition)


def part_with(row: Asked) -> Part:
    """Return the part that a question or an item belongs to."""
    return Part(row.edition, "letter" if isinstance(row, LetterQuestion) else "cv")
