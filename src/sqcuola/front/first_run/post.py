"""How mail leaves, in words: what the environment says, what it lacks. Secrets are never shown, nor asked for."""

import os
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.models import Outgoing
from sqcuola.people.models import Person


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the environment that mail needs, whether it is there, and an example."""

    name: str
    there: bool
    says: str | Promise
    example: str


@dataclass(frozen=True, slots=True)
class Road:
    """Whether letters reach anybody, how, and what is missing for it."""

    leaves: bool
    words: str | Promise
    variables: list[Variable]

    @property
    def missing(self) -> list[Variable]:
        return [variable for variable in self.variables if not variable.there]


def road() -> Road:
    """Describe how mail leaves this installation."""
    mail = settings.MAIL
    backend = mail.backend.rpartition(".")[0].rpartition(".")[2]
    words: dict[str, str | Promise] = {
        "smtp": _("Mail leaves through the mail server %(host)s."),
        "filebased": _("No mail reaches anybody: each is written to a file in %(folder)s."),
        "console": _("No mail reaches anybody: it is printed where this installation runs."),
        "locmem": _("No mail reaches anybody: it stays in memory."),
    }
    said = words.get(backend, _("Mail leaves through a mail service."))
    facts = {"host": mail.options.get("host", ""), "folder": mail.options.get("file_path", "")}
    return Road(mail.leaves, str(said) % facts, _variables())


def _variables() -> list[Variable]:
    return [
        Variable(
            "SQCUOLA_MAIL_URL",
            bool(os.environ.get("SQCUOLA_MAIL_URL")),
            _("which mail server takes our mail"),
            "smtp://name:password@mail.example.org:587",
        ),
        Variable(
            "SQCUOLA_MAIL_FROM",
            bool(os.environ.get("SQCUOLA_MAIL_FROM")),
            _("who the mails are from"),
            "La scuola <scuola@example.org>",
        ),
        Variable(
            "SQCUOLA_URL",
            bool(os.environ.get("SQCUOLA_URL")),
            _("the address that links in mails begin with"),
            "https://scuola.example.org",
        ),
    ]


def newest_letter(person: Person) -> Outgoing | None:
    """Return the last test letter somebody sent to themselves."""
    return Outgoing.objects.filter(key__startswith=f"front.test-mail:{person.pk}:").order_by("-pk").first()
