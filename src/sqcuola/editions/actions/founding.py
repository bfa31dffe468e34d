"""The school's own first day."""

from datetime import datetime

from django.db import transaction

from sqcuola.editions import frame, rules
from sqcuola.editions.acts import SchoolChanged, SchoolFounded
from sqcuola.editions.models import School
from sqcuola.kernel import acts
from sqcuola.people.models import Person


@transaction.atomic
def found(
    *, name: str, town: str = "", zone: str = "Europe/Rome", mark: bytes = b"", by: Person, at: datetime
) -> School:
    """Open the school: there is one in an installation, and a second is refused by the database."""
    school = School.objects.create(name=name, town=town, zone=zone, mark=mark, founded_at=at)
    acts.record(SchoolFounded(), by=by, at=at)
    transaction.on_commit(frame.forget_school)
    return school


@transaction.atomic
def rename(
    school: School, *, name: str, town: str, mark: bytes | None = None, by: Person, at: datetime
) -> None:
    """Change how the school calls itself; `mark` None leaves it as it is, b"" takes it away. Nothing new is no act."""
    rules.may_change_school(by, school, at).or_refuse()
    kept = bytes(school.mark)
    if (name, town, kept if mark is None else mark) == (school.name, school.town, kept):
        return
    school.name, school.town, school.mark = name, town, kept if mark is None else mark
    school.save(update_fields=["name", "town", "mark"])
    acts.record(SchoolChanged(), by=by, at=at)
    transaction.on_commit(frame.forget_school)
