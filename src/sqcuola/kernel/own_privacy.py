"""What the kernel itself keeps about people. Registered when the house starts, like every room's `privacy.py`."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel import acts, files, search
from sqcuola.kernel.models import Act, ActorCode, Outgoing, PartialFile, SearchEntry, StoredFile
from sqcuola.kernel.privacy import NOTHING, Basis, Entry, Fate, register


def _acts_of(person: Any) -> Any:
    codes = list(ActorCode.objects.filter(account_id=person.pk).values_list("code", flat=True))
    return Act.objects.filter(actor_code__in=codes) | Act.objects.filter(subject_code__in=codes)


def _told(act: Act) -> dict[str, Any]:
    return {"verb": act.verb, "at": act.at, "content": act.payload, "number": act.seq, "hash": act.hash}


def _forget(person: Any, _at: datetime) -> None:
    acts.forget(person)


def _forget_found(person: Any, _at: datetime) -> None:
    search.forget(person)


def _forget_files(person: Any, _at: datetime) -> None:
    files.forget(person)


register(
    Entry(
        Act,
        purpose=_("to show later that everything went as the rules say"),
        basis=Basis.INTEREST,
        fate=Fate.ANONYMOUS,
        until=_("as long as the school"),
        rows=_acts_of,
        exported=_told,
        erase=_forget,
        why=_(
            "the chain of acts stays, with random codes that point to nobody; content about the person is erased"
        ),
    ),
    Entry(
        ActorCode,
        purpose=_("to know whose a code in the acts is"),
        basis=Basis.INTEREST,
        fate=Fate.ERASED,
        until=_("until the person is erased"),
        rows=lambda person: ActorCode.objects.filter(account_id=person.pk),
        exported=NOTHING,
        why=_("the codes say nothing by themselves; the acts are exported"),
    ),
    Entry(
        Outgoing,
        purpose=_("to send mail once, and to see what came back"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=_("its words for three months, that it was sent until the person is erased"),
        rows=lambda person: Outgoing.objects.filter(to__iexact=person.email),
        exported=("subject", "text", "put_at", "sent_at", "state"),
    ),
    Entry(
        SearchEntry,
        purpose=_("to find things by their words"),
        basis=Basis.INTEREST,
        fate=Fate.ERASED,
        until=_("as long as what it is a copy of"),
        rows="account_id",
        exported=NOTHING,
        erase=_forget_found,
        why=_("a copy of what stands elsewhere, and is exported from there"),
    ),
    Entry(
        StoredFile,
        purpose=_("to keep what people handed in, for whom they handed it in to"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=_("as long as what it was handed in for"),
        rows=lambda person: StoredFile.objects.filter(account_id=person.pk),
        exported=("name", "kind", "size", "digest", "uploaded_at"),
        erase=_forget_files,
        files=lambda file: [file],
    ),
    Entry(
        PartialFile,
        purpose=_("to go on with a file where the line broke"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=_("two days"),
        rows=lambda person: PartialFile.objects.filter(account_id=person.pk),
        exported=("name", "size", "received", "begun_at"),
    ),
)
