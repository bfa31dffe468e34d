"""What is recorded of accounts: that something was done, never to whom by name."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sqcuola.kernel.acts import Topic, register_name, verb
from sqcuola.people.models import Consent, Person

KEEPING = Topic("keeping", _("The school"))


@verb(
    "access-restored",
    audience="staff",
    sentence=_("{actor} and a colleague gave {subject} a way in again"),
    topic=KEEPING,
    many=ngettext_lazy("One person was given a way in again", "%(n)s people were given a way in again", "n"),
)
@dataclass(frozen=True, slots=True)
class AccessRestored:
    voices: int


@verb("consent-given", audience="nobody", sentence=_("{actor} agreed: {purpose}"))
@dataclass(frozen=True, slots=True)
class ConsentGiven:
    purpose: Consent.Purpose


@verb("consent-withdrawn", audience="nobody", sentence=_("{actor} agrees no longer: {purpose}"))
@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    purpose: Consent.Purpose


@verb(
    "person-merged",
    audience="staff",
    sentence=_("{actor} joined two accounts into one"),
    topic=KEEPING,
    many=ngettext_lazy("Two accounts were joined", "Accounts were joined %(n)s times", "n"),
)
@dataclass(frozen=True, slots=True)
class PersonMerged:
    rows: int


@verb(
    "person-erased",
    audience="staff",
    sentence=_("A person was erased at their own wish"),
    topic=KEEPING,
    many=ngettext_lazy(
        "One person was erased at their own wish", "%(n)s people were erased at their own wish", "n"
    ),
)
@dataclass(frozen=True, slots=True)
class PersonErased:
    models: int


def name(account: OuterRef) -> Subquery:
    """Say how an account is called in the sentences of acts."""
    return Subquery(Person.objects.filter(pk=account, erased_at=None).values("name")[:1])


register_name(name)
