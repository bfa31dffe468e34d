"""The house's texts in an edition's own words, and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, cast

from django.db import transaction

from sqcuola.editions.models import Edition
from sqcuola.kernel import acts
from sqcuola.kernel.ids import Code
from sqcuola.notices import rules, texts
from sqcuola.notices.acts import TextEdited, TextPutBack
from sqcuola.notices.models import EditedText
from sqcuola.notices.texts import Said, Text
from sqcuola.people.models import Person


@transaction.atomic
def edit(edition: Edition, text: Text, words: Mapping[str, Said], *, by: Person, at: datetime) -> None:
    """Keep an edition's own words of a text, by language; words that are ours leave no trace."""
    rules.may_edit_texts(by, edition, at).or_refuse()
    for language, said in words.items():
        if said == texts.words_of(text, edition.pk, language):
            continue
        if said == texts.ours(text, language):
            EditedText.objects.filter(edition=edition, key=text.key, language=language).delete()
        else:
            EditedText.objects.update_or_create(
                edition=edition,
                key=text.key,
                language=language,
                defaults={"subject": said.subject, "body": said.body, "by": by, "edited_at": at},
            )
        spoken = cast("Literal['it', 'en']", language)
        payload = TextEdited(edition=edition.pk, key=Code(text.key), language=spoken)
        acts.record(payload, by=by, at=at, scope=edition.scope)


@transaction.atomic
def back_to_ours(edition: Edition, text: Text, *, by: Person, at: datetime) -> None:
    """Drop an edition's own words of a text, in every language."""
    rules.may_edit_texts(by, edition, at).or_refuse()
    count, _each = EditedText.objects.filter(edition=edition, key=text.key).delete()
    if count:
        payload = TextPutBack(edition=edition.pk, key=Code(text.key))
        acts.record(payload, by=by, at=at, scope=edition.scope)
