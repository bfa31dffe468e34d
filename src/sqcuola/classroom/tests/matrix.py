"""Who may see a class, who is asked into one."""

from datetime import timedelta

from django.contrib.auth import get_user_model

from sqcuola.classroom.models import ClassInvitation
from sqcuola.editions.models import Edition, Membership, Phase, Role
from sqcuola.editions.queries import class_of
from sqcuola.kernel import ids
from sqcuola.kernel.permissions import Row

DAY = timedelta(days=1)
RUNS = "coordinator"
ROLES = (("teacher", "teacher of the class"), ("reader", "reader of the class"), ("coordinator", RUNS))
PEOPLE = ("classmate", "asked into the class", "teacher of the class", "reader of the class")
ONLY_COORDINATOR = "Only who coordinates"


def person(name):
    return get_user_model().objects.create_user(f"{name.lower()}@class.example.org", name, language="en")


def cast(cast):
    at = cast.at
    edition = Edition.objects.create(
        slug="with-a-class", number=8, title="VIII", scope=ids.code(16), published_at=at - DAY, created_at=at
    )
    lasts = {"begins": at + DAY, "ends": at + 90 * DAY}
    Phase.objects.create(edition=edition, kind="class", **lasts)
    for kind in PEOPLE:
        cast.add(kind, person(kind.replace(" ", "-")))
    Membership.objects.create(group=class_of(edition), person=cast.people["classmate"], begins=at - DAY)
    cast.asked_in = ClassInvitation.objects.create(
        group=class_of(edition), person=cast.people["asked into the class"], sent_at=at - DAY
    )
    for kind, who in ROLES:
        Role.objects.create(edition=edition, person=cast.people[who], kind=kind, begins=at - DAY)


def here(_cast):
    return {"slug": "with-a-class"}


WORK_THERE = dict.fromkeys(("teacher of the class", "reader of the class"), ONLY_COORDINATOR)
ROWS = [
    Row(
        "classroom:class",
        allowed=("classmate", "teacher of the class", RUNS),
        kwargs=here,
    ),
    Row("classroom:invitation", allowed=("asked into the class",), kwargs=here),
    Row(
        "classroom:answer_invitation",
        "POST",
        ("asked into the class",),
        kwargs=here,
        data=lambda cast: {"yes": "1"},
    ),
    Row("classroom:invitations", allowed=(RUNS,), denied=WORK_THERE, kwargs=here),
    Row(
        "classroom:invitations",
        "POST",
        (RUNS,),
        denied=WORK_THERE,
        kwargs=here,
        data=lambda cast: {"people": "Zelda Fusco zelda@class.example.org"},
    ),
    Row(
        "classroom:withdraw_invitation",
        "POST",
        (RUNS,),
        denied=WORK_THERE,
        kwargs=lambda cast: {**here(cast), "number": cast.asked_in.pk},
    ),
]
