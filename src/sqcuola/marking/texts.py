"""What reading tells by itself, in words that an edition can change."""

from django.utils.translation import gettext_lazy as _

from sqcuola.editions.models import Phase
from sqcuola.notices import texts

GIVEN = "marking.given"


def register() -> None:
    """Register the texts of this room."""
    texts.register(
        GIVEN,
        title=_("Papers to read"),
        subject=_("{papers} for you, from {edition}"),
        body=_(
            "Hello {name},\n\nfrom {edition} you have {papers}, to be read by {deadline}. Nobody tells you who wrote them, and "
            "nobody sees your marks before you close your reading.\n\nThis leads to your desk, without a password: {url}\n\n"
            "You can stop whenever you like: what you gave is saved."
        ),
        fields={
            "papers": texts.Field(_("how many papers"), _("12 new papers")),
            "deadline": texts.Field(_("until when"), _("Sunday 20 December, 23:59")),
        },
        firm=True,
        stage=Phase.Kind.READING,
    )
