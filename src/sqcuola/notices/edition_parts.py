"""What becomes of an edition's own words when it is copied."""

from datetime import datetime, timedelta

from sqcuola.editions.models import Edition
from sqcuola.kernel import edition_parts
from sqcuola.notices.models import EditedText


def copy(old: Edition, new: Edition, _shift: timedelta, at: datetime) -> None:
    """Take the texts that were said in another way along; who wrote them stays with the old edition."""
    EditedText.objects.bulk_create(
        EditedText(
            edition=new,
            key=text.key,
            language=text.language,
            subject=text.subject,
            body=text.body,
            edited_at=at,
        )
        for text in EditedText.objects.filter(edition=old)
    )


edition_parts.register("notices", copy=copy)
