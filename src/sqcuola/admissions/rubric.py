"""By what letters are read, as an edition begins: four criteria, what their points mean, each with the reason why."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sqcuola.admissions.models import Weights
from sqcuola.admissions.queries.scores import OWNER
from sqcuola.editions.models import Edition
from sqcuola.kernel.edition_parts import Decided
from sqcuola.marking.models import Anchor, Criterion, Round

MOST = 5


class Looked(NamedTuple):
    """One thing that is looked at. `anchors` say what 0, 3 and 5 points mean, in Italian and English."""

    words_it: str
    words_en: str
    anchors: tuple[tuple[int, str, str], ...]
    why: str | Promise


LETTER = (
    Looked(
        "Ascolta prima di parlare",
        "Listens before speaking",
        (
            (0, "parla solo di sé", "speaks of itself alone"),
            (3, "nomina altri, e che cosa hanno detto", "names others, and what they said"),
            (
                5,
                "cita una voce precisa e dice che cosa gli ha fatto cambiare",
                "quotes one voice, and says what it changed",
            ),
        ),
        _("Project work begins with listening to a client’s network."),
    ),
    Looked(
        "Scrive per farsi capire",
        "Writes to be understood",
        (
            (0, "bisogna rileggere per capire", "one has to read it twice"),
            (3, "si capisce, con parole che userebbe chiunque", "it is clear, in words anybody would use"),
            (5, "si capisce al primo colpo, e resta in mente", "it is clear at once, and it stays"),
        ),
        _("Everyone writes here, for people who do not know them."),
    ),
    Looked(
        "Guarda le cose da vicino",
        "Looks closely",
        (
            (0, "giudizi senza fatti", "judgements without facts"),
            (3, "qualche fatto che si può controllare", "some facts that can be checked"),
            (5, "fatti precisi, e che cosa ne segue", "precise facts, and what follows from them"),
        ),
        _("Whoever measures has looked first."),
    ),
    Looked(
        "Sta con gli altri anche quando è difficile",
        "Stays with others when it is hard",
        (
            (0, "la colpa è sempre di altri", "it is always somebody else’s fault"),
            (3, "dice qual era la sua parte", "says what their own part was"),
            (
                5,
                "dice la sua parte, e che cosa ha fatto per il gruppo",
                "says their part, and what they did for the group",
            ),
        ),
        _("Groups here are made of people who have never met."),
    ),
)


def begin(edition: Edition) -> Iterator[Decided]:
    """Give an edition its round of reading: half of the points, two readers each, four criteria."""
    round_ = Round.objects.create(edition=edition, owner=OWNER, title_it="la lettera", title_en="the letter")
    Weights.objects.create(edition=edition)
    yield Decided(
        _("Test and letter count half each"),
        _("What somebody knows and how somebody writes: neither decides alone."),
    )
    yield Decided(
        _("Two people read each letter, without knowing whose it is"),
        _("Two who do not know of each other err less than one, and a name says nothing of what is written."),
    )
    for position, looked in enumerate(LETTER, start=1):
        criterion = Criterion.objects.create(
            round=round_, position=position, words_it=looked.words_it, words_en=looked.words_en, most=MOST
        )
        Anchor.objects.bulk_create(
            Anchor(criterion=criterion, points=points, words_it=italian, words_en=english)
            for points, italian, english in looked.anchors
        )
        words = looked.words_en if get_language() == "en" else looked.words_it
        yield Decided(format_lazy(_("The letter is read for this: {words}"), words=words), looked.why)


def copy(old: Edition, new: Edition) -> None:
    """Copy by what letters are read and what they weigh; no paper, no reader."""
    round_ = Round.objects.filter(edition=old, owner=OWNER).first()
    weights = Weights.objects.filter(edition=old).first()
    if round_ is None or weights is None:
        return
    criteria = list(round_.criteria.prefetch_related("anchors"))
    there = Round.objects.create(
        edition=new, owner=OWNER, title_it=round_.title_it, title_en=round_.title_en, each=round_.each
    )
    Weights.objects.create(edition=new, test=weights.test, letter=weights.letter)
    for one in criteria:
        anchors = list(one.anchors.all())
        one.pk, one.round = None, there
        one.save(force_insert=True)
        for anchor in anchors:
            anchor.pk, anchor.criterion = None, one
            anchor.save(force_insert=True)


def clear(edition: Edition) -> None:
    """Clear the round away, with what test and letter weigh: from now on the test decides alone."""
    Round.objects.filter(edition=edition, owner=OWNER).delete()
    Weights.objects.filter(edition=edition).delete()
