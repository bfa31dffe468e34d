"""Forgetting: who is behind a code can be erased from the acts; that something was done cannot."""

from typing import Any

from django.db import transaction

from sqcuola.kernel.models import Act, ActorCode


@transaction.atomic
def forget(person: Any) -> int:
    """Erase a person from the acts, and return how many acts lost their content.

    The rows that say whose a code is are deleted, so that the random codes left in the chain point to nobody; payload
    and salt go where the person was the subject. The chain still verifies.
    """
    codes = ActorCode.objects.filter(account_id=person.pk)
    about = Act.objects.filter(
        subject_code__in=list(codes.values_list("code", flat=True)), salt__isnull=False
    )
    erased = about.update(payload=None, salt=None)
    codes.delete()
    return erased


@transaction.atomic
def join(old: Any, new: Any) -> None:
    """Let the acts of a merged account `old` be those of `new`."""
    already = set(ActorCode.objects.filter(account_id=new.pk, current=True).values_list("scope", flat=True))
    theirs = ActorCode.objects.filter(account_id=old.pk)
    theirs.filter(scope__in=already).update(account_id=new.pk, current=False)
    ActorCode.objects.filter(account_id=old.pk).update(account_id=new.pk)
