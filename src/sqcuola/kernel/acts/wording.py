"""Sentences: what acts say, in a language, for many at once and at the same number of queries."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from sqcuola.kernel.acts.declare import Verb, Words, verb_named
from sqcuola.kernel.models import Act, ActorCode

Names = Callable[[Collection[int]], Mapping[int, str]]


def _nobody(_accounts: Collection[int]) -> Mapping[int, str]:
    return {}


_names: list[Names] = [_nobody]


def register_names(names: Names) -> None:
    """Say how accounts are called: `names(account_ids)` → name by account id, in one query."""
    _names[0] = names


def sentences(acts: Iterable[Act], language: str) -> list[str]:
    """Return one sentence of plain text for each act, in its order.

    Costs two queries for all names, and those of each verb's `things`, however many acts there are.
    """
    listed = list(acts)
    with translation.override(language):
        people = _people(listed)
        things = _things(listed)
        return [_sentence(act, people, things.get(act.pk, {})) for act in listed]


def _people(acts: list[Act]) -> dict[str, str]:
    codes = {code for act in acts for code in (act.actor_code, act.subject_code) if code}
    if not codes:
        return {}
    accounts = dict(ActorCode.objects.filter(code__in=codes).values_list("code", "account_id"))
    names = _names[0](set(accounts.values()))
    return {code: names[account] for code, account in accounts.items() if account in names}


def _things(acts: list[Act]) -> dict[int, Words]:
    by_verb: defaultdict[str, list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    for act in acts:
        if act.payload is not None:
            by_verb[act.verb].append((act.pk, act.payload))
    words: dict[int, Words] = {}
    for name, some in by_verb.items():
        verb = verb_named(name)
        if verb is not None and verb.things is not None:
            found = verb.things([payload for _pk, payload in some])
            words.update({pk: word for (pk, _payload), word in zip(some, found, strict=True)})
    return words


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
