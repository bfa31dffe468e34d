"""How a person wants to hear from the house."""

from collections.abc import Mapping
from datetime import time

from django.db import transaction

from sqcuola.notices import texts
from sqcuola.notices.models import Hours, Preference
from sqcuola.people.models import Person


@transaction.atomic
def choose(
    person: Person, how: Mapping[str, str], *, quiet_from: time, quiet_until: time, digest_at: time
) -> None:
    """Keep a person's choices: `how` by kind of text, and their hours. What is as we propose is not kept."""
    for key, chosen in how.items():
        text = texts.named(key)
        mine = Preference.objects.filter(person=person, kind=key)
        if not text.choice or chosen == text.how:
            mine.delete()
        else:
            Preference.objects.update_or_create(
                person=person, kind=key, defaults={"how": Preference.How(chosen)}
            )
    Hours.objects.update_or_create(
        person=person,
        defaults={"quiet_from": quiet_from, "quiet_until": quiet_until, "digest_at": digest_at},
    )
