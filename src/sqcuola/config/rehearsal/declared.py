"""The rules of an edition as the file of its rules declares them: hours, points, and what decides between equals."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqcuola.config.rehearsal.browser import Browser


@dataclass(frozen=True, slots=True)
class Declared:
    """What everybody may rely on. `cv` is for each item what one brings, and the most that all bring."""

    call_begins: datetime
    call_ends: datetime
    test_begins: datetime
    test_ends: datetime
    minutes: timedelta
    answer_within: timedelta
    chain: list[str]
    cv: list[tuple[Decimal, Decimal]]
    reading_begins: datetime
    reading_ends: datetime
    readers_each: int
    most: list[int]  # points of each criterion of the letter
    weights: tuple[int, int]  # of test and letter

    def cv_points(self, claims: Sequence[int]) -> Decimal:
        """Return what the numbers that somebody claims, item by item, bring."""
        points = (min(each * number, most) for number, (each, most) in zip(claims, self.cv, strict=True))
        return sum(points, Decimal(0))


def declared(browser: Browser, slug: str) -> Declared:
    """Read the newest version of the rules, as anybody can."""
    page = browser.get(f"/e/{slug}/rules/", "rules")
    told = json.loads(browser.get(page.link(".json"), "rules").body)
    facts: dict[str, dict[str, Any]] = {rule["key"]: rule["facts"] for rule in told["rules"]}
    call, test = facts["editions.call"], facts["admissions.test"]
    items, criteria = _numbered(facts, "admissions.cv."), _numbered(facts, "admissions.reading.")
    reading, weights = facts["editions.reading"], facts["admissions.weights"]
    return Declared(
        call_begins=datetime.fromisoformat(call["begins"]),
        call_ends=datetime.fromisoformat(call["ends"]),
        test_begins=datetime.fromisoformat(test["begins"]),
        test_ends=datetime.fromisoformat(test["ends"]),
        minutes=timedelta(minutes=test["minutes"]),
        answer_within=timedelta(hours=facts["admissions.offers"]["hours"]),
        chain=facts["admissions.ties"]["chain"],
        cv=[(Decimal(each["each"]), Decimal(each["most"])) for each in items],
        reading_begins=datetime.fromisoformat(reading["begins"]),
        reading_ends=datetime.fromisoformat(reading["ends"]),
        readers_each=facts["admissions.reading"]["readers"],
        most=[each["most"] for each in criteria],
        weights=(weights["test"], weights["letter"]),
    )


def _numbered(facts: dict[str, dict[str, Any]], stem: str) -> list[dict[str, Any]]:
    """Return the facts of rules that differ by a number at the end, in its order."""
    keys = sorted((key for key in facts if key.startswith(stem)), key=lambda key: int(key.removeprefix(stem)))
    return [facts[key] for key in keys]
