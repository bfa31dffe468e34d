"""The one-time code of an empty installation: printed where the installation runs, typed on its first page, used once."""

from datetime import datetime, timedelta
from typing import Final

from sqcuola.editions.models import FirstCode, School
from sqcuola.kernel import ids

LENGTH = 10
STANDS: Final = timedelta(
    days=1
)  # so long nobody who starts the school again makes the code that was printed worthless


def new_code(at: datetime) -> str:
    """Return a new code, in two halves; the one before it opens nothing any more."""
    code = ids.code(LENGTH)
    FirstCode.objects.update_or_create(
        only=True, defaults={"digest": ids.digest(code), "made_at": at, "used_at": None}
    )
    return f"{code[:5]}-{code[5:]}"


def printed(at: datetime) -> datetime | None:
    """Return when the code that still stands was printed: unused, and not long ago; None where a new one is due."""
    found = FirstCode.objects.filter(used_at=None, made_at__gt=at - STANDS, made_at__lte=at)
    return found.values_list("made_at", flat=True).first()


def is_code(typed: str) -> bool:
    """Tell whether somebody typed the code that was printed last, as long as it is unused and there is no school."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    return (
        FirstCode.objects.filter(digest=ids.digest(plain), used_at=None).exists()
        and not School.objects.exists()
    )


def use_up(typed: str, *, at: datetime) -> bool:
    """Use the code up, in the transaction that opens the school; False if it was used or replaced meanwhile."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    return FirstCode.objects.filter(digest=ids.digest(plain), used_at=None).update(used_at=at) == 1
