"""A request that breaks off on its way is not a request: half a form would erase what the other half said.

The server in front hands over whatever arrived before the line broke, as if it were all. The head of the request says how
much there should be.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqcuola.kernel.numbers import whole

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class BrokenOffError(OSError):
    """The line broke before everything was there. Django makes an UnreadablePostError of it."""


class Arriving:
    """The body of a request of a known length: reads as the body does, and raises where it ends too early."""

    def __init__(self, body: Any, length: int) -> None:
        self._body = body
        self._left = length

    def read(self, size: int = -1) -> bytes:
        """Return `size` bytes, or all; raise BrokenOffError when fewer came than should have."""
        return self._counted(self._body.read(size), size)

    def readline(self, size: int = -1) -> bytes:
        """Return a line, or raise BrokenOffError when it ends with the request and the request too early."""
        line = self._counted(self._body.readline(size), 0)
        if self._left and not line.endswith(b"\n") and not 0 <= size <= len(line):
            raise BrokenOffError("The request broke off.")
        return line

    def _counted(self, piece: bytes, size: int) -> bytes:
        self._left -= len(piece)
        if self._left > 0 and (size < 0 or len(piece) < size):
            raise BrokenOffError("The request broke off.")
        return piece


def guarded(application: Application) -> Application:
    """Return a WSGI application that notices when a body is shorter than its head says."""

    def answer(environ: Environ, start_response: Any) -> Iterable[bytes]:
        length = whole(environ.get("CONTENT_LENGTH") or "")
        if length is not None:
            environ["wsgi.input"] = Arriving(environ["wsgi.input"], length)
        return application(environ, start_response)

    return answer
