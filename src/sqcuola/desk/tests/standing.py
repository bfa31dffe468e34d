"""What somebody may be in a school, for tests of what they are shown and what it costs."""

from datetime import UTC, datetime, timedelta

from sqcuola.admissions import models
from sqcuola.classroom.models import ClassInvitation
from sqcuola.editions.models import Edition, Group, Invitation, Membership, Phase, Role
from sqcuola.kernel import ids
from sqcuola.questions.models import Blueprint

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def make(number, begins):
    edition = Edition.objects.create(
        slug=f"e{number}", number=number, title=f"Classe {number}", scope=f"s{number}",
        published_at=NOW - 9 * DAY, created_at=begins, seats_offered=30,
    )  # fmt: skip
    for kind, first, last in (("call", 0, 20), ("assessment", 25, 26), ("class", 40, 200)):
        dates = {"begins": begins + first * DAY, "ends": begins + last * DAY}
        Phase.objects.create(edition=edition, kind=kind, **dates)
    blueprint = Blueprint.objects.create(name=f"Prova {number}", seed="s", created_at=begins)
    models.Test.objects.create(
        edition=edition, blueprint=blueprint, begins=begins + 25 * DAY, ends=begins + 26 * DAY
    )
    return edition


def role(kind, *where):
    def give(person, editions):
        for edition in where or (None,):
            at = editions[edition] if edition else None
            Role.objects.create(person=person, edition=at, kind=kind, begins=NOW - 300 * DAY)

    return give


def administrator(person, _editions):
    person.is_administrator = True
    person.save(update_fields=["is_administrator"])


def applied(where, **facts):
    def apply(person, editions):
        models.Application.objects.create(
            edition=editions[where], person=person, code=ids.code(6), test_code=ids.code(10),
            started_at=NOW - 9 * DAY, **facts,
        )  # fmt: skip

    return apply


HANDED_IN = {"submitted_at": NOW - 8 * DAY, "digest": "1" * 64}


def in_class(where):
    def enter(person, editions):
        group = Group.objects.create(edition=editions[where], kind="class", name="La classe")
        Membership.objects.create(group=group, person=person, begins=NOW - 300 * DAY)

    return enter


def asked(person, editions):
    group = Group.objects.create(edition=editions["invited"], kind="class", name="La classe")
    ClassInvitation.objects.create(group=group, person=person, state="sent", sent_at=NOW)
    Invitation.objects.create(
        edition=editions["open"], person=person, kind="teacher", code=ids.code(10), sent_at=NOW
    )
