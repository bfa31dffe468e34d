"""What an edition gets from us when it begins: five questions, a few CV items, each with the reason why."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sqcuola.admissions import reading_rules, rubric
from sqcuola.admissions.models import CvItem, LetterQuestion, Test
from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.queries import phase
from sqcuola.kernel.edition_parts import Decided, register
from sqcuola.people.models import Person


class Question(NamedTuple):
    words_it: str
    words_en: str
    help_it: str
    help_en: str
    longest: int
    why: str | Promise


class Item(NamedTuple):
    words_it: str
    words_en: str
    help_it: str
    help_en: str
    each: Decimal
    most: Decimal
    why: str | Promise


LETTER = (
    Question(
        "Racconta una volta in cui qualcuno ti ha fatto cambiare idea. Che cosa ha detto, e che cosa hai fatto dopo?",
        "Tell us of a time when somebody made you change your mind. What did they say, and what did you do next?",
        "Va bene anche una cosa piccola: ci interessa come ascolti.",
        "A small thing is fine: we want to see how you listen.",
        1500,
        _("Project work begins with listening; this shows who does."),
    ),
    Question(
        "Prendi una pagina o un profilo che segui. Chi lo legge, che cosa cerca, e che cosa non trova?",
        "Take a page or a profile that you follow. Who reads it, what are they looking for, and what do they not find?",
        "Metti il link. Non serve essere esperti: serve avere guardato bene.",
        "Give the link. You need not be an expert: you need to have looked well.",
        1500,
        _("It asks to look before judging, on something everybody can check."),
    ),
    Question(
        "Scrivi a un vicino di casa che non usa internet, e spiegagli perché dovrebbe interessargli qualcosa che ami.",
        "Write to a neighbour who does not use the internet, and say why they should care about something you love.",
        "Scrivi proprio a quella persona, come le parleresti sul pianerottolo.",
        "Write to that very person, as you would speak to them on the stairs.",
        1200,
        _("Everyone writes here. This shows a voice, and not a style."),
    ),
    Question(
        "Descrivi un lavoro fatto con altri che è andato storto. Qual era la tua parte, e che cosa rifaresti allo stesso modo?",
        "Describe something you did with others that went wrong. What was your part, and what would you do again the same way?",
        "Non cerchiamo colpevoli: cerchiamo come stai in un gruppo quando è difficile.",
        "We are not looking for culprits: we want to see how you stay in a group when it is hard.",
        1500,
        _("Groups here are made of people who have never met."),
    ),
    Question(
        "Che cosa puoi insegnare tu alla classe, e che cosa vuoi imparare da chi avrai accanto?",
        "What can you teach the class, and what do you want to learn from the people beside you?",
        "Una cosa per ciascuna basta, purché sia vera.",
        "One thing each is enough, as long as it is true.",
        1000,
        _("The value of a class is the people in it."),
    ),
)

CV = (
    Item(
        "Anni in cui hai tenuto un blog, una newsletter o un canale tuo",
        "Years in which you kept a blog, a newsletter or a channel of your own",
        "Conta un anno se hai pubblicato almeno una volta al mese.",
        "A year counts if you published at least once a month.",
        Decimal(2),
        Decimal(6),
        _("Who writes regularly has shown that they go on."),
    ),
    Item(
        "Anni di lavoro nella comunicazione, nel marketing o nel giornalismo",
        "Years of work in communication, marketing or journalism",
        "Contano anche gli stage e il lavoro in proprio.",
        "Internships and work of your own count too.",
        Decimal(1),
        Decimal(4),
        _("Experience counts, and no more than writing does."),
    ),
    Item(
        "Progetti fatti in gruppo, online o per un’associazione, arrivati in fondo",
        "Projects done in a group, online or for an association, that were brought to their end",
        "Scrivi con chi e dove si vede.",
        "Say with whom, and where one can see it.",
        Decimal(1),
        Decimal(4),
        _("Half of the master is done in a group."),
    ),
    Item(
        "Titoli di studio dopo la scuola superiore",
        "Degrees after secondary school",
        "Di qualunque materia.",
        "In any subject.",
        Decimal(1),
        Decimal(2),
        _("Study counts a little, whatever it was about."),
    ),
    Item(
        "Lingue che usi per lavorare o studiare, oltre alla tua",
        "Languages you work or study in, besides your own",
        "Di’ come lo si può vedere: un testo, un esame, un posto dove hai lavorato.",
        "Say how one can see it: a text, an exam, a place where you worked.",
        Decimal(1),
        Decimal(2),
        _("A network that reads more languages hears more."),
    ),
)


def defaults(edition: Edition, _preset: Any, _at: datetime) -> Iterator[Decided]:
    """Give an edition with a call its letter and its CV items."""
    if phase(edition, Phase.Kind.CALL) is None:
        return
    for position, question in enumerate(LETTER, start=1):
        LetterQuestion.objects.create(
            edition=edition,
            position=position,
            words_it=question.words_it,
            words_en=question.words_en,
            help_it=question.help_it,
            help_en=question.help_en,
            longest=question.longest,
        )
        yield Decided(format_lazy(_("Letter: {words}"), words=_said(question)), question.why)
    for position, item in enumerate(CV, start=1):
        CvItem.objects.create(
            edition=edition,
            position=position,
            words_it=item.words_it,
            words_en=item.words_en,
            help_it=item.help_it,
            help_en=item.help_en,
            each=item.each,
            most=item.most,
        )
        words = format_lazy(_("CV: {words}, {most} points at most"), words=_said(item), most=item.most)
        yield Decided(words, item.why)
    if phase(edition, Phase.Kind.READING) is not None:
        yield from rubric.begin(edition)


def _said(row: Question | Item) -> str:
    return row.words_en if get_language() == "en" else row.words_it


def copy(old: Edition, new: Edition, shift: timedelta, _at: datetime) -> None:
    """Copy what an edition asks, and its test with its dates moved; no person, no answer."""
    _copy(LetterQuestion.objects.filter(edition=old), LetterQuestion.objects.filter(edition=new), new)
    _copy(CvItem.objects.filter(edition=old), CvItem.objects.filter(edition=new), new)
    rubric.copy(old, new)
    test = Test.objects.filter(edition=old).first()
    if test is not None and not Test.objects.filter(edition=new).exists():
        test.pk, test.edition = None, new
        test.begins, test.ends = test.begins + shift, test.ends + shift
        test.save(force_insert=True)


def _copy[M: (LetterQuestion, CvItem)](asked: QuerySet[M], there: QuerySet[M], new: Edition) -> None:
    there.delete()
    for row in asked:
        row.pk, row.edition = None, new
        row.save(force_insert=True)


def leave_out(edition: Edition, kind: str, _by: Person, _at: datetime) -> None:
    """Clear away what belonged to a stage that the edition does without."""
    if kind == Phase.Kind.CALL:
        LetterQuestion.objects.filter(edition=edition).delete()
        CvItem.objects.filter(edition=edition).delete()
    if kind == Phase.Kind.READING:
        reading_rules.may_leave_reading_out(edition).or_refuse()
        rubric.clear(edition)
    if kind == Phase.Kind.ASSESSMENT:
        Test.objects.filter(edition=edition).delete()


def take_in(edition: Edition, kind: str, _by: Person, _at: datetime) -> None:
    """Begin the reading of letters where an edition takes it in later."""
    if kind == Phase.Kind.READING and phase(edition, Phase.Kind.CALL) is not None:
        list(rubric.begin(edition))


def move(edition: Edition, kind: str, ends: datetime, at: datetime) -> None:
    """Refuse that the call opens again once the letters are being read."""
    if kind == Phase.Kind.CALL and ends > at:
        reading_rules.may_open_call_again(edition).or_refuse()


register("admissions", defaults=defaults, copy=copy, leave_out=leave_out, take_in=take_in, move=move)
