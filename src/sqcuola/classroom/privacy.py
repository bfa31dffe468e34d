"""What a class keeps about people beside who is in it, which `editions` keeps."""

from django.utils.translation import gettext_lazy as _

from sqcuola.classroom.models import ClassInvitation
from sqcuola.kernel.privacy import Basis, Entry, Fate, register

register(
    Entry(
        model=ClassInvitation,
        purpose=_("to ask people into a class that has no call"),
        basis=Basis.INTEREST,
        fate=Fate.ERASED,
        until=_("as long as the edition"),
        rows="person",
        exported=("sent_at", "state", "answered_at"),
    ),
)
