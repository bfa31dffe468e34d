"""Who may see a class."""

from datetime import timedelta

from django.contrib.auth import get_user_model

from sqcuola.editions.models import Edition, Membership, Role
from sqcuola.editions.queries import class_of
from sqcuola.kernel import ids
from sqcuola.kernel.permissions import Row

DAY = timedelta(days=1)


def person(name):
    return get_user_model().objects.create_user(f"{name.lower()}@class.example.org", name, language="en")


def cast(cast):
    at = cast.at
    edition = Edition.objects.create(
        slug="with-a-class", number=8, title="VIII", scope=ids.code(16), published_at=at - DAY, created_at=at
    )
    for kind in ("classmate", "teacher of the class", "reader of the class"):
        cast.add(kind, person(kind.replace(" ", "-")))
    Membership.objects.create(group=class_of(edition), person=cast.people["classmate"], begins=at - DAY)
    for kind, who in (("teacher", "teacher of the class"), ("reader", "reader of the class")):
        Role.objects.create(edition=edition, person=cast.people[who], kind=kind, begins=at - DAY)


ROWS = [
    Row(
        "classroom:class",
        allowed=("classmate", "teacher of the class"),
        kwargs=lambda cast: {"slug": "with-a-class"},
    ),
]
