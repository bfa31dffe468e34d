"""What the house's outermost room keeps about people: nothing of its own, and one table that a library brings."""

from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.privacy import NOTHING, Basis, Entry, Fate, register

register(
    Entry(
        LogEntry,
        purpose=_("nothing: the library that shows tables brings this one, and it stays empty"),
        basis=Basis.INTEREST,
        fate=Fate.ERASED,
        until=_("until the person is erased"),
        rows="user",
        exported=NOTHING,
        always_empty=True,
        why=_("it holds nothing: in those tables nothing can be changed"),
    )
)
