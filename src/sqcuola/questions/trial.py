"""The trial test: our own few questions, so that everybody has used the page once before it counts."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from sqcuola.kernel import ids
from sqcuola.questions.models import Bank, Blueprint, BlueprintLine, Option, Question

Kind = Question.Kind
MINUTES = 10


@dataclass(frozen=True, slots=True)
class Asked:
    kind: Question.Kind
    text: str
    options: list[Option] = field(default_factory=list)


def _choice(text: str, share: str = "0") -> Option:
    return Option(text=text, share=Decimal(share))


def _pair(text: str, matches: str) -> Option:
    return Option(text=text, matches=matches, share=Decimal(0))


def _number(value: int) -> Option:
    return Option(text=str(value), share=Decimal(1), low=Decimal(value), high=Decimal(value))


IN_ITALIAN = (
    Asked(
        Kind.SINGLE,
        "Quando viene salvata la tua risposta?",
        [
            _choice("Appena la dai: in alto compare l'ora", "1"),
            _choice("Alla fine, quando consegni"),
            _choice("Mai, se cade la linea"),
        ],
    ),
    Asked(
        Kind.MULTIPLE,
        "Che cosa puoi fare durante la prova? Qui le risposte giuste sono due.",
        [
            _choice("Tornare indietro e cambiare una risposta", "0.5"),
            _choice("Andare avanti da un altro telefono, con il tuo codice", "0.5"),
            _choice("Fermare il tempo", "-1"),
        ],
    ),
    Asked(
        Kind.TRUE_FALSE,
        "Se lasci una domanda senza risposta, puoi riprenderla finché c'è tempo.",
        [_choice("Vero", "1"), _choice("Falso")],
    ),
    Asked(Kind.NUMERICAL, "Quante domande ha questa prova di prova? Scrivi solo il numero.", [_number(6)]),
    Asked(
        Kind.SHORT,
        "Che giorno viene dopo il lunedì?",
        [_choice("martedì", "1"), _choice("martedi", "1")],
    ),
    Asked(
        Kind.MATCHING,
        "Abbina ciascuna fase a quello che ci fai.",
        [
            _pair("Bando", "ti candidi"),
            _pair("Prova", "rispondi alle domande"),
            _pair("Classe", "impari con gli altri"),
        ],
    ),
)
IN_ENGLISH = (
    Asked(
        Kind.SINGLE,
        "When is your answer saved?",
        [
            _choice("As soon as you give it: the time appears at the top", "1"),
            _choice("At the end, when you hand in"),
            _choice("Never, if the line is down"),
        ],
    ),
    Asked(
        Kind.MULTIPLE,
        "What can you do during the test? Here two answers are right.",
        [
            _choice("Go back and change an answer", "0.5"),
            _choice("Go on from another phone, with your code", "0.5"),
            _choice("Stop the time", "-1"),
        ],
    ),
    Asked(
        Kind.TRUE_FALSE,
        "If you leave a question unanswered, you can come back to it while there is time.",
        [_choice("True", "1"), _choice("False")],
    ),
    Asked(
        Kind.NUMERICAL, "How many questions does this trial test have? Write just the number.", [_number(6)]
    ),
    Asked(Kind.SHORT, "Which day comes after Monday?", [_choice("Tuesday", "1")]),
    Asked(
        Kind.MATCHING,
        "Match each stage with what you do in it.",
        [
            _pair("Call", "you apply"),
            _pair("Test", "you answer questions"),
            _pair("Class", "you learn with the others"),
        ],
    ),
)
QUESTIONS = {"it": IN_ITALIAN, "en": IN_ENGLISH}


def blueprint_in(language: str, at: datetime) -> Blueprint:
    """Return the trial blueprint in a language, made with its questions at first use."""
    language = language if language in QUESTIONS else "it"
    found = Blueprint.objects.filter(trial=True, lines__bank__language=language).first()
    return found or _make(language, at)


@transaction.atomic
def _make(language: str, at: datetime) -> Blueprint:
    bank, made = Bank.objects.get_or_create(
        name=f"trial-{language}", defaults={"language": language, "trial": True, "created_at": at}
    )
    Bank.objects.select_for_update().get(pk=bank.pk)
    if not made and (found := Blueprint.objects.filter(trial=True, lines__bank=bank).first()):
        return found
    for asked in QUESTIONS[language]:
        question = Question.objects.create(
            bank=bank, kind=asked.kind, text=asked.text, digest=ids.digest(asked.text), added_at=at
        )
        Option.objects.bulk_create(
            Option(
                question=question,
                position=position,
                text=option.text,
                share=option.share,
                matches=option.matches,
                low=option.low,
                high=option.high,
            )
            for position, option in enumerate(asked.options, start=1)
        )
    blueprint = Blueprint.objects.create(
        name=bank.name,
        policy=Blueprint.Policy.SAME,
        seed=bank.name,
        minutes=MINUTES,
        trial=True,
        created_at=at,
    )
    BlueprintLine.objects.create(blueprint=blueprint, position=1, bank=bank, count=len(QUESTIONS[language]))
    return blueprint
