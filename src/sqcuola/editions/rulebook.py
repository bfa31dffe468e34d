"""The rules of an edition in plain words, in both languages, and as canonical JSON with a fingerprint.

Each room writes the rules it keeps: `register("admissions", writer)`. What is fingerprinted is what people read: the
sentences themselves, and beside them the numbers and dates that the programs use.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import rfc8785
from django.apps import apps
from django.utils import timezone, translation

from sqcuola.editions.models import Edition
from sqcuola.kernel import ids

LANGUAGES = ("it", "en")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a key that stays, its sentence in the language spoken now, its facts as plain JSON."""

    key: str
    words: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rulebook:
    canonical: str
    digest: ids.Digest


Writer = Callable[[Edition], Iterable[Rule]]
_writers: dict[str, Writer] = {}


def register(room: str, writer: Writer) -> None:
    """Let a room write its rules. It is asked once a language, with that language active and the edition's zone."""
    if room in _writers:
        raise ValueError(f"The rules of {room} are registered twice.")
    _writers[room] = writer


def instant(at: datetime) -> str:
    """Return the one way an instant is written in the rules."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def compose(edition: Edition) -> Rulebook:
    """Write down the rules of an edition as they are now."""
    written: dict[str, dict[str, Any]] = {}
    for language in LANGUAGES:
        with translation.override(language), timezone.override(ZoneInfo(edition.zone)):
            for room in _upwards():
                for rule in _writers[room](edition):
                    entry = written.setdefault(f"{room}.{rule.key}", {"facts": rule.facts, "words": {}})
                    entry["words"][language] = rule.words
    whole: Any = {
        "edition": {"address": edition.slug, "number": edition.number, "title": edition.title},
        "rules": [{"key": key, **entry} for key, entry in written.items()],
    }
    canonical = rfc8785.dumps(whole).decode()
    return Rulebook(canonical, ids.digest(canonical))


def _upwards() -> list[str]:
    """Return the rooms that write rules, the lowest floor first: what an edition is, then how one enters."""
    labels = [config.label for config in apps.get_app_configs()]  # settings name the highest floor first
    return sorted(_writers, key=labels.index, reverse=True)


def read(canonical: str, language: str) -> list[tuple[str, str]]:
    """Return (key, sentence) of each rule of a fixed version, in a language."""
    whole = json.loads(canonical)
    return [(rule["key"], rule["words"].get(language) or rule["words"]["it"]) for rule in whole["rules"]]
