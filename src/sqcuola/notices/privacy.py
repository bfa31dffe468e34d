"""What this room keeps about people."""

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.privacy import NOTHING, Basis, Entry, Fate, register
from sqcuola.notices.models import EditedText, Hours, Message, Notice, Preference, Receiver

WRITTEN_AT_WORK = _("they were written for the school, and say nothing of who wrote them")

register(
    Entry(
        Notice,
        purpose=_("to tell a person what concerns them"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=_("until the person is erased"),
        rows="person",
        exported=("kind", "data", "url", "made_at", "seen_at", "mail"),
    ),
    Entry(
        Preference,
        purpose=_("to write to a person as they want"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=_("until the person is erased"),
        rows="person",
        exported=("kind", "how"),
    ),
    Entry(
        Hours,
        purpose=_("to write to a person when they want"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=_("until the person is erased"),
        rows="person",
        exported=("quiet_from", "quiet_until", "digest_at"),
    ),
    Entry(
        Receiver,
        purpose=_("to know whom a letter went to, and from whom it came back"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=_("until the person is erased"),
        rows="person",
        exported=lambda receiver: {
            "subject": receiver.message.subject,
            "words": receiver.message.body,
            "at": receiver.message.sent_at,
        },
    ),
    Entry(
        Message,
        purpose=_("to know what was written to whom"),
        basis=Basis.INTEREST,
        fate=Fate.ANONYMOUS,
        until=_("as long as the edition"),
        rows="by",
        exported=("subject", "body", "sent_at"),
        blank={"by": None},
        why=WRITTEN_AT_WORK,
    ),
    Entry(
        EditedText,
        purpose=_("to say the school’s mails in an edition’s own words"),
        basis=Basis.INTEREST,
        fate=Fate.ANONYMOUS,
        until=_("as long as the edition"),
        rows="by",
        exported=NOTHING,
        blank={"by": None},
        why=WRITTEN_AT_WORK,
    ),
)
