"""Log lines for people who run the house, without a word about the people in it.

A line shows the message as it stands in the code, with numbers, dates and `Plain` words; any other value is left out,
since it may be a name, an address or a token. Of an exception it shows where and of which kind, never what it says
(a database quotes the row that it refused).
"""

import logging
import re
import time
import traceback
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar

LEFT_OUT = "…"
FIRST, LAST = 10, 30  # places of one exception that are shown
MOST_CAUSES = 10  # exceptions, one before the other
OURS = ("sqcuola", "django", "granian", "_granian")
SUSPECT = re.compile(
    r"[^\s@]+@[^\s@]+"  # a mail address
    r"|\?[^\s]*=[^\s]*"  # a query string
    r"|\b(?=[\w-]*\d)[\w-]{20,}\b"  # a token
)


class Plain(str):
    """A word of the code, not of a person: the name of a url, a job, a verb. Only such texts appear in log lines."""

    __slots__ = ()


class Formatter(logging.Formatter):
    """Writes one plain line, and the places an exception went through below it."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"
    shown: ClassVar = (bool, int, float, Decimal, date, timedelta, Plain, type(None))

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {self._words(record)}"
        if record.exc_info and record.exc_info[1] is not None:
            line = "\n".join([line, *places(record.exc_info[1])])
        return line

    def _words(self, record: logging.LogRecord) -> str:
        if record.name.split(".")[0] not in OURS or not isinstance(record.msg, str):
            return f"something that {record.filename}:{record.lineno} has to say"
        arguments: Any = record.args
        if isinstance(arguments, Mapping):
            arguments = {name: self._value(value) for name, value in arguments.items()}
        elif arguments:
            arguments = tuple(self._value(value) for value in arguments)
        try:
            return SUSPECT.sub(LEFT_OUT, record.msg % arguments if arguments else record.msg)
        except (TypeError, ValueError):  # %d of something that was left out
            return SUSPECT.sub(LEFT_OUT, record.msg)

    def _value(self, value: Any) -> Any:
        if isinstance(value, BaseException):
            return Plain(type(value).__name__)
        if isinstance(value, Enum):
            return Plain(value.name)
        return value if isinstance(value, self.shown) else LEFT_OUT


def places(failure: BaseException) -> Iterator[str]:
    """Yield where an exception went through and of which kind it is, causes first, without what it says.

    A recursion without end goes through thousands of places, and can fail anew in each: of many places the first and the
    last are shown, of many exceptions the latest.
    """
    several = [failure]
    while len(several) < MOST_CAUSES and (before := _before(several[-1])) is not None:
        several.append(before)
    for each in reversed(several):
        yield from _through(each)
        yield f"    {type(each).__module__}.{type(each).__qualname__}"


def _before(failure: BaseException) -> BaseException | None:
    return failure.__cause__ or (None if failure.__suppress_context__ else failure.__context__)


def _through(failure: BaseException) -> Iterator[str]:
    frames = list(traceback.walk_tb(failure.__traceback__))
    left_out = range(FIRST, len(frames) - LAST)
    for number, (frame, line) in enumerate(frames):
        if number not in left_out:
            name = frame.f_code.co_filename.rpartition("site-packages/")[2].rpartition("/src/")[2]
            yield f"    {name}:{line} {frame.f_code.co_name}"
        elif number == FIRST:
            yield f"    {LEFT_OUT} {len(left_out)} more"


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "sqcuola.kernel.logs.Formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "sqcuola": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Failed requests are logged by kernel.errors, by url name and code; Django would write the whole path.
        "django.request": {"handlers": ["null"], "propagate": False},
        "django.server": {"handlers": [], "propagate": True},
    },
}
LOGGING["handlers"]["null"] = {"class": "logging.NullHandler"}
