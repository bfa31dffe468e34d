"""The access matrix: every url and method is asked by every kind of person, and answered as its row says."""

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from sqcuola.kernel import clock
from sqcuola.kernel.checks import doors, is_declared
from sqcuola.kernel.permissions import Row, modules

WRITES = re.compile(r"^\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)
# What the sign-in itself, made by the test, leaves to be written is no doing of the view.
ENGLISH = {"accept-language": "en"}  # the language of the rows' reasons
EITHER = ("asked to sign in", "hidden")


class Cast:
    """The kinds of person, and the things that rows speak of. Each room's `tests/matrix.py` may add to it.

    A room's `cast(cast)` is called in floor order: it puts people in with `cast.add("coordinator", person)` and things
    with `cast.things["edition"] = edition`, which rows read as `cast.edition`.
    """

    def __init__(self) -> None:
        self.at = clock.now()
        self.clients: dict[str, Client] = {}
        self.people: dict[str, Any] = {}
        self.things: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        try:
            return self.things[name]
        except KeyError:
            raise AttributeError(f"Nobody put {name!r} among the things of the cast.") from None

    def add(self, kind: str, person: Any = None, *, session: dict[str, Any] | None = None) -> None:
        """Add a kind of person; None is a visitor. `session` is put into the session (a limited one, for instance)."""
        # Rows give reasons in English.
        client = Client(raise_request_exception=False, headers={"accept-language": "en"})
        if person is not None:
            client.force_login(person)
        if session:
            kept = client.session
            kept.update(session)
            kept.save()
        self.people[kind], self.clients[kind] = person, client


def build_cast() -> Cast:
    cast = Cast()
    for _room, module in modules():
        if hasattr(module, "cast"):
            module.cast(cast)
    return cast


@dataclass
class Answer:
    """What a kind of person was answered, and what was written meanwhile."""

    outcome: str
    response: HttpResponse
    writes: list[str] = field(default_factory=list)


def ask(row: Row, kind: str, cast: Cast) -> Answer:
    """Make the request of a row as a kind of person, and undo whatever it did."""
    url = reverse(row.url, kwargs=row.kwargs(cast))
    for alias in connections:
        connections[alias].queries_log.clear()  # it holds no more than 9,000
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        if row.before is not None:
            row.before(cast)
        captured = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
        client = cast.clients[kind]
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        response = (
            client.generic(row.method, url, headers=ENGLISH)
            if row.method != "POST"
            else client.post(url, row.data(cast), headers=ENGLISH)
        )
        if response.streaming:
            list(response.streaming_content)  # to its end, so that the file is closed
        writes = [query["sql"] for each in captured for query in each if WRITES.match(query["sql"])]
        for alias in connections:
            transaction.set_rollback(True, using=alias)
        client.cookies.clear()  # whoever signed out, or in, is again who they were
        client.cookies.load(cookies)
    return Answer(outcome(row, response), response, writes)


def outcome(row: Row, response: HttpResponse) -> str:
    if getattr(response, "asks_to_sign_in", False):
        return "asked to sign in"
    if response.status_code == row.status:
        return "allowed"
    return {403: "denied", 404: "hidden"}.get(response.status_code, f"answered {response.status_code}")


def expected(row: Row, kind: str, person: Any) -> tuple[str, ...]:
    if row.allows(kind):
        return ("allowed",)
    if kind in row.denied:
        return ("denied",)
    return EITHER if person is None else ("hidden",)


def faults(row: Row, cast: Cast) -> list[str]:
    """Say where the answers differ from the row."""
    found = []
    unknown = {*row.allowed, *row.denied} - {*cast.people, "everyone", "whoever is signed in"}
    found += [f"{name(row)}: nobody in the cast is {kind!r}" for kind in sorted(unknown)]
    for kind, person in cast.people.items():
        with translation.override("en"):
            answer = ask(row, kind, cast)
        wanted = expected(row, kind, person)
        if answer.outcome not in wanted:
            found.append(f"{name(row)} as {kind}: {answer.outcome}, wanted {' or '.join(wanted)}")
        elif answer.outcome != "allowed" and answer.writes:
            found.append(f"{name(row)} as {kind}: {answer.outcome}, but wrote: {answer.writes[0][:80]}")
        elif answer.outcome == "denied" and row.denied[kind] not in answer.response.content.decode():
            found.append(f"{name(row)} as {kind}: denied without saying {row.denied[kind]!r}")
    return found


def name(row: Row) -> str:
    return f"{row.method} {row.url}" + (f" ({row.case})" if row.case else "")


def without_rows(resolver: Any, declared: Any, rows: list[Row]) -> list[str]:
    """Say which of our urls and methods no row speaks of."""
    spoken = {(row.url, row.method) for row in rows}
    return [
        f"{method} {door.name}"
        for door in doors(resolver)
        if not is_declared(door.name, declared)
        for method in door.methods
        if method != "HEAD" and (door.name, method) not in spoken
    ]
