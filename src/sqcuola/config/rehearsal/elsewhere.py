"""A school that somebody started beforehand: taken only when it proves that it is a rehearsal, holds the key and is empty."""

from http import HTTPStatus
from secrets import token_urlsafe
from urllib.parse import urlsplit

import httpx

from sqcuola.config.rehearsal.hand import Hand
from sqcuola.config.rehearsal.reading import Page
from sqcuola.config.rehearsal.server import Server

PATIENCE = 20.0


class NotToBeTakenError(Exception):
    """Nobody lives a rehearsal there, and nothing was changed there. It says why, without a capital and a full stop."""


def taken(url: str, *, key: str, code: str) -> Server:
    """Return the school at `url`, once it has answered a question that nobody else could; `code` opens its first page.

    Raises NotToBeTakenError otherwise. All that it sends is a question signed with the key, and a look at the first page.
    """
    where = urlsplit(url)
    if where.scheme not in {"http", "https"} or not where.hostname:
        raise NotToBeTakenError("it is no address that begins with http:// or https://")
    if not key:
        raise NotToBeTakenError(
            "SQCUOLA_REHEARSAL_KEY is not set; it is the key that school was started with"
        )
    if not code:
        raise NotToBeTakenError("--code is missing; it is what that school printed for its first page")
    server = Server(f"{where.scheme}://{where.netloc}", key, code)
    with httpx.HTTPTransport() as transport:
        try:
            _ask_for_a_proof(Hand(server, transport))
            first = httpx.Client(base_url=server.url, transport=transport, timeout=PATIENCE).get(
                "/first-run/"
            )
        except httpx.TransportError as why:
            raise NotToBeTakenError(f"nobody answers there ({type(why).__name__})") from why
    page = Page(str(first.url), first.status_code, first.content, first.headers.get("content-type", ""))
    if first.status_code != HTTPStatus.OK or not page.has("code"):
        raise NotToBeTakenError("there is a school already; a rehearsal begins in an empty one")
    return server


def _ask_for_a_proof(hand: Hand) -> None:
    """Ask something that was never asked before: the answer is signed with the key, or it is somebody else's."""
    try:
        hand.prove(token_urlsafe(16))
    except httpx.TransportError:
        raise
    except (httpx.HTTPError, ValueError, LookupError) as why:
        raise NotToBeTakenError(
            "it does not answer as a rehearsal does; it was not started with SQCUOLA_REHEARSAL=1, or not with this key"
        ) from why
