"""What a class tells by itself, in words that an edition can change."""

from django.utils.translation import gettext_lazy as _

from sqcuola.notices import texts


def register() -> None:
    """Register the texts of this room."""
    texts.register(
        "classroom.invited",
        title=_("Invitation into the class"),
        subject=_("{by} asks you into the class of {edition}"),
        body=_(
            "Hello {name},\n\n{by} would like you in the class of {edition}. A seat is kept for you until you answer.\n\n"
            "Read what it is about and answer: {url}\n\nIf you do not know what this is about, you need not do anything."
        ),
        fields={"by": texts.Field(_("who asks"), "Lidia Marchesi")},
        firm=True,
    )
