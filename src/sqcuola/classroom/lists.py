"""Lists of people in a class that who coordinates may write to."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from sqcuola.classroom import queries, rules
from sqcuola.classroom.models import ClassInvitation
from sqcuola.editions.models import Edition
from sqcuola.kernel.lists import register
from sqcuola.people.models import Person

COLUMNS = ((_("name"), lambda person: person.name), (_("mail address"), lambda person: person.email))


def _in_class(edition: Edition, _person: Person, at: datetime) -> QuerySet[Person]:
    held = queries.members(edition, at).filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(held)).order_by("name", "pk")


def _invited(edition: Edition, _person: Person, _at: datetime) -> QuerySet[Person]:
    waiting = queries.invitations(edition).filter(state=ClassInvitation.State.SENT, person=OuterRef("pk"))
    return Person.objects.filter(Exists(waiting)).order_by("name", "pk")


register("class", title=_("the class"), members=_in_class, may_see=rules.may_write_to, columns=COLUMNS)
register(
    "invited",
    title=_("who was asked into the class and has not answered"),
    members=_invited,
    may_see=rules.may_write_to,
    columns=COLUMNS,
)
