"""What past editions say: voices and figures on the public page."""

from datetime import datetime

from django.db import transaction

from sqcuola.editions import rules
from sqcuola.editions.acts import EditionChanged
from sqcuola.editions.models import Edition, Figure, Voice
from sqcuola.kernel import acts
from sqcuola.people.models import Person


@transaction.atomic
def add_voice(edition: Edition, voice: Voice, *, by: Person, at: datetime) -> None:
    """Put a voice on the public page, after those that are there."""
    rules.may_change(by, edition, at).or_refuse()
    voice.edition, voice.position = edition, edition.voices.count()
    voice.save()
    acts.record(EditionChanged(edition.pk), by=by, at=at, scope=edition.scope)


@transaction.atomic
def add_figure(edition: Edition, figure: Figure, *, by: Person, at: datetime) -> None:
    """Put a figure on the public page, after those that are there."""
    rules.may_change(by, edition, at).or_refuse()
    figure.edition, figure.position = edition, edition.figures.count()
    figure.save()
    acts.record(EditionChanged(edition.pk), by=by, at=at, scope=edition.scope)


@transaction.atomic
def drop(thing: Voice | Figure, *, by: Person, at: datetime) -> None:
    """Take a voice or a figure off the public page."""
    rules.may_change(by, thing.edition, at).or_refuse()
    edition = thing.edition
    thing.delete()
    acts.record(EditionChanged(edition.pk), by=by, at=at, scope=edition.scope)
