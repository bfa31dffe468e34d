"""Opening the school: code, person and school in one step, or nothing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sqcuola.editions import actions, opening
from sqcuola.editions.models import School
from sqcuola.kernel import outbox
from sqcuola.kernel.verdicts import Refused
from sqcuola.people import entering
from sqcuola.people.models import Person
from sqcuola.ui import letters


@transaction.atomic
def open_school(
    *, code: str, name: str, town: str, mark: bytes, person: str, email: str, at: datetime
) -> tuple[School, Person]:
    """Use the code up, make the first person an administrator, and open the school."""
    if not opening.use_up(code, at=at):
        raise Refused(_("This code has been used or replaced. The newest one opens the page."))
    first = entering.find_or_create(email, name=person, language=get_language() or "it", at=at)
    first.is_administrator = True
    first.save(update_fields=["is_administrator"])
    return actions.found(name=name, town=town, mark=mark, by=first, at=at), first


def send_test_mail(*, by: Person, at: datetime) -> None:
    """Put a letter to oneself into the outbox; what becomes of it is seen on the page."""
    language = get_language() or "it"
    subject = _("The school’s mail works")
    text = _("If you read this in your mailbox, the mail of the school arrives. There is nothing else to do.")
    outbox.put(
        key=f"front.test-mail:{by.pk}:{at.isoformat()}",
        to=by.email,
        subject=subject,
        text=letters.plain(text),
        html=letters.html(subject, text, language=language),
        language=language,
        at=at,
    )
