"""What is read blind: papers that know no author, who reads them, by which rubric, and the marks."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sqcuola.editions.models import Edition, Phase
from sqcuola.kernel.prepared import fill, prepared

PERSON = settings.AUTH_USER_MODEL


def said(italian: str, english: str) -> str:
    """Return what stands in two languages in the one that is spoken now, or in the other."""
    return (english or italian) if get_language() == "en" else (italian or english)


class Round(models.Model):
    """So many papers, each read by so many people while a phase of the edition lasts.

    `owner` is the room that the papers came from; it alone knows whose they are.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    owner = models.CharField(max_length=20)
    title_it = models.CharField(_("title, Italian"), max_length=80)
    title_en = models.CharField(_("title, English"), max_length=80, blank=True)
    each = models.PositiveSmallIntegerField(_("readers each"), default=2)
    phase = models.CharField(max_length=12, choices=Phase.Kind, default=Phase.Kind.READING)
    # Since then it has its papers, and what they are marked by is fixed.
    filled_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)  # when papers were given out last
    seed = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "round of reading")
        verbose_name_plural = pgettext_lazy("a table", "rounds of reading")
        constraints = [
            models.UniqueConstraint(fields=["edition", "owner"], name="round_once_an_owner"),
            models.CheckConstraint(condition=Q(each__gt=0), name="round_has_readers"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return said(self.title_it, self.title_en)

    @cached_property
    def rubric(self) -> "list[Criterion]":
        """Return the criteria in order, each with its anchors: read once for all that one page says of them."""
        said: dict[int, list[Anchor]] = {}
        for anchor in _anchors(self.pk):
            said.setdefault(anchor.criterion_id, []).append(anchor)
        criteria = _criteria(self.pk)
        for one in criteria:
            fill(one, "anchors", said.get(one.pk, []))
        return criteria

    @property
    def begins(self) -> datetime:
        """Return the first instant at which marks are taken."""
        return self._phase.begins

    @property
    def ends(self) -> datetime:
        """Return the first instant at which marks are refused."""
        return self._phase.ends

    @property
    def _phase(self) -> Phase:
        return next(phase for phase in self.edition.phases.all() if phase.kind == self.phase)


class Criterion(models.Model):
    """One thing that is looked at, for 0 to `most` points."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    words_it = models.CharField(_("words, Italian"), max_length=120)
    words_en = models.CharField(_("words, English"), max_length=120, blank=True)
    most = models.PositiveSmallIntegerField(_("most points"), default=5)

    class Meta:
        verbose_name = pgettext_lazy("a table", "criterion")
        verbose_name_plural = pgettext_lazy("a table", "criteria")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="criterion_position_once"),
            models.CheckConstraint(condition=Q(most__gt=0, most__lte=9), name="criterion_points_are_one_key"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return said(self.words_it, self.words_en)


class Anchor(models.Model):
    """What a number of points means, so that two readers mean the same by it."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="anchors")
    points = models.PositiveSmallIntegerField()
    words_it = models.CharField(_("words, Italian"), max_length=200)
    words_en = models.CharField(_("words, English"), max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "anchor")
        verbose_name_plural = pgettext_lazy("a table", "anchors")
        ordering = ["points"]
        constraints = [models.UniqueConstraint(fields=["criterion", "points"], name="anchor_once")]

    def __str__(self) -> str:
        return f"{self.points} · {self.words}"

    @property
    def words(self) -> str:
        return said(self.words_it, self.words_en)


class Paper(models.Model):
    """What is read: a drawn code, and pairs of what was asked and what was written. No person stands here, and no way to one."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="papers")
    code = models.CharField(max_length=8, unique=True)
    body = models.JSONField()

    class Meta:
        verbose_name = pgettext_lazy("a table", "paper")
        verbose_name_plural = pgettext_lazy("a table", "papers")

    def __str__(self) -> str:
        return self.code


class Apart(models.Model):
    """A paper and a person who must not meet. Why is known to the room the paper came from, or to nobody but the reader."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="apart")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = pgettext_lazy("a table", "paper kept from a reader")
        verbose_name_plural = pgettext_lazy("a table", "papers kept from readers")
        constraints = [models.UniqueConstraint(fields=["paper", "person"], name="apart_once")]

    def __str__(self) -> str:
        return f"{self.paper_id}"


class Assignment(models.Model):
    """A paper that somebody reads. `returned_at`: it went to somebody else, and what was marked does not count."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="assignments")
    reader = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    turn = models.PositiveIntegerField()  # where it lies on the reader's own pile
    given_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "paper given to a reader")
        verbose_name_plural = pgettext_lazy("a table", "papers given to readers")
        ordering = ["turn"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "reader"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("given_at")),
                name="assignment_returned_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.reader_id}"


class Sheet(models.Model):
    """What one reader says of one paper: theirs alone until `closed_at`, unchangeable from then on."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="sheet")
    words = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "sheet of marks")
        verbose_name_plural = pgettext_lazy("a table", "sheets of marks")

    def __str__(self) -> str:
        return f"{self.assignment_id}"


class Mark(models.Model):
    """The points of one criterion on one sheet."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = pgettext_lazy("a table", "mark")
        verbose_name_plural = pgettext_lazy("a table", "marks")
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.points}"


@prepared
def _criteria(round_: int) -> QuerySet[Criterion]:
    return Criterion.objects.filter(round=round_)


@prepared
def _anchors(round_: int) -> QuerySet[Anchor]:
    return Anchor.objects.filter(criterion__round=round_)
