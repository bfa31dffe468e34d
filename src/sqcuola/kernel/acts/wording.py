"""Sentences: what acts say, in a language, for many at once and at the same number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from sqcuola.kernel.acts.declare import Things, Verb, Words, verb_named
from sqcuola.kernel.models import Act, ActorCode

Name = Callable[[OuterRef], Subquery]


def _nobody(_account: OuterRef) -> Subquery:
    return Subquery(ActorCode.objects.none().values("code"))


_name: list[Name] = [_nobody]


def register_name(name: Name) -> None:
    """Say how an account is called: `name(account)` is a subquery of one text, NULL where the person has left.

    `account` refers to the id of the account in the query around it, so that codes and names are read at once.
    """
    _name[0] = name


def with_names(acts: QuerySet[Act]) -> QuerySet[Act]:
    """Let acts be read with the names of who did them and to whom, so that `sentences` asks for none."""
    return acts.annotate(actor_name=_name_behind("actor_code"), subject_name=_name_behind("subject_code"))


def _name_behind(code: str) -> Subquery:
    behind = ActorCode.objects.filter(code=OuterRef(code)).annotate(name=_name[0](OuterRef("account_id")))
    return Subquery(behind.values("name")[:1])


def sentences(acts: Iterable[Act], language: str) -> list[str]:
    """Return one sentence of plain text for each act, in its order.

    Costs one query for all names (none where `with_names` read them), and those of each `things`, however many acts there are.
    """
    listed = list(acts)
    with translation.override(language):
        people = _people(listed)
        things = _things(listed)
        return [_sentence(act, people, things.get(act.pk, {})) for act in listed]


def _people(acts: list[Act]) -> dict[str, str]:
    annotated: list[Any] = [act for act in acts if hasattr(act, "actor_name")]
    if len(annotated) == len(acts):
        return _called_by(
            pair
            for act in annotated
            for pair in ((act.actor_code, act.actor_name), (act.subject_code, act.subject_name))
        )
    codes = {code for act in acts for code in (act.actor_code, act.subject_code) if code}
    if not codes:
        return {}
    named = ActorCode.objects.filter(code__in=codes).annotate(name=_name[0](OuterRef("account_id")))
    return _called_by(named.values_list("code", "name"))


def _called_by(pairs: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    return {code: name or _("someone without a name") for code, name in pairs if name is not None}


def _things(acts: list[Act]) -> dict[int, Words]:
    asked: defaultdict[Things, list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    for act in acts:
        verb = verb_named(act.verb)
        if verb is not None and verb.things is not None and act.payload is not None:
            asked[verb.things].append((act.pk, act.payload))
    words: dict[int, Words] = {}
    for things, some in asked.items():
        found = things([payload for _pk, payload in some])
        words.update({pk: word for (pk, _payload), word in zip(some, found, strict=True)})
    return words


def summary(verb_name: str, n: int) -> str:
    """Return what `n` acts of one verb say together, in the language that is spoken now, without a name or a query."""
    verb = verb_named(verb_name)
    if verb is None or not verb.many:
        return _("Something that this version has no words for.")
    return str(verb.many % {"n": n})


def _sentence(act: Act, people: Mapping[str, str], things: Words) -> str:
    verb = verb_named(act.verb)
    if verb is None:
        return _("Something that this version has no words for.")
    if act.payload is None:
        return _("An entry about a person who has left: its content was erased.")
    return str(verb.sentence).format_map(
        {
            "actor": _called(act.actor_code, people),
            "subject": _called(act.subject_code, people),
            **_shown(verb, act.payload),
            **things,
        }
    )


def _called(code: str, people: Mapping[str, str]) -> str:
    if not code:
        return _("The school")
    return people.get(code) or _("someone who has left")


def _shown(verb: Verb, payload: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fit.show(payload[name]) for name, fit in verb.fits.items() if name in payload}
