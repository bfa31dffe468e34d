"""Who may do what, as rows that tests live through and that docs/permissions.md prints.

Each room lists its rows in `tests/matrix.py` as `ROWS`: one for each url and method. Who stands neither among the
allowed nor among the denied is asked to sign in (visitors) or told that there is nothing there (everyone else).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from django.apps import apps

EVERYONE: Final = ("everyone",)
MEMBERS: Final = ("whoever is signed in",)


def _nothing(_cast: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Row:
    """One url and method: the kinds of person who may, those who may not and why, and how to ask.

    `kwargs(cast)` and `data(cast)` say the url's arguments and what is sent; `answers` the status of an allowed request
    (200 for reading, 302 after a form, unless said). `before(cast)` makes true what holds for this row alone: it is
    undone with whatever the request did. `case` tells two rows of one url and method apart. `denied` maps a
    kind to (a part of) the English sentence that it is given as the reason.
    """

    url: str
    method: str = "GET"
    allowed: tuple[str, ...] = ()
    denied: Mapping[str, str] = field(default_factory=dict)
    kwargs: Callable[[Any], dict[str, Any]] = _nothing
    data: Callable[[Any], dict[str, Any]] = _nothing
    before: Callable[[Any], None] | None = None
    answers: int = 0
    case: str = ""

    @property
    def status(self) -> int:
        """Return the status that an allowed request is answered with."""
        return self.answers or (200 if self.method == "GET" else 302)

    def allows(self, kind: str) -> bool:
        """Say whether this kind of person may."""
        return (
            kind in self.allowed
            or self.allowed == EVERYONE
            or (self.allowed == MEMBERS and kind != "visitor")
        )


def modules() -> Iterator[tuple[str, Any]]:
    """Yield each room with its `tests.matrix`, lowest floor first. Empty where the tests are not installed."""
    configs = list(apps.get_app_configs())
    names = [config.name for config in reversed(configs) if config.name.startswith("sqcuola.")]
    for name in names:
        if find_spec(f"{name}.tests") and find_spec(f"{name}.tests.matrix"):
            yield name.removeprefix("sqcuola."), import_module(f"{name}.tests.matrix")


def rows() -> list[tuple[str, Row]]:
    """Return every row of the house with its room."""
    return [(room, row) for room, module in modules() for row in module.ROWS]


def as_markdown() -> str:
    """Return docs/permissions.md."""
    lines = [
        "# Who may do what",
        "",
        "Printed by `sqcuola permissions` from the rows that the tests live through, with each kind of person. Whoever",
        "stands neither among those who may nor among those who may not is answered as if there were nothing: «no such",
        "page», and a visitor is asked to sign in first.",
    ]
    for room, module in modules():
        if not module.ROWS:
            continue
        lines += [
            "",
            f"## {room}",
            "",
            "| url | method | who may | who may not, and why |",
            "|---|---|---|---|",
        ]
        for row in sorted(module.ROWS, key=lambda row: (row.url, row.method, row.case)):
            name = f"`{row.url}`" + (f" ({row.case})" if row.case else "")
            why = " · ".join(f"{kind}: {reason}" for kind, reason in row.denied.items())
            lines.append(f"| {name} | {row.method} | {', '.join(row.allowed) or 'nobody'} | {why} |")
    return "\n".join(lines) + "\n"
