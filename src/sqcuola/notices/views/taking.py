"""Lists of people as files: who stands on one now, to whom a letter went."""

from django.http import StreamingHttpResponse

from sqcuola.editions.actions import note_export
from sqcuola.editions.models import Edition
from sqcuola.kernel import lists
from sqcuola.kernel.access import POST, may
from sqcuola.kernel.lists import PeopleList
from sqcuola.kernel.requests import Request
from sqcuola.notices import queries, rules
from sqcuola.notices.models import Message
from sqcuola.people.requests import person_of


@may(rules.may_write, on=queries.list_for, methods=POST)
def people_file(request: Request, thing: tuple[Edition, PeopleList]) -> StreamingHttpResponse:
    """Give a list of people as a file, narrowed as the page is, with the columns its room names."""
    edition, people = thing
    person = person_of(request)
    only = lists.chosen(people, lambda key: request.POST.get(f"only-{key}", ""))
    many = lists.narrowed(people, edition, person, request.at, only).count()
    note_export(edition, people.key, many, by=person, at=request.at)
    found = lists.rows(people, edition, person, request.at, only)
    return lists.as_file(f"{edition.slug}-{people.key}", found)


@may(rules.may_read_message, on=queries.message_for, methods=POST)
def receivers_file(request: Request, message: Message) -> StreamingHttpResponse:
    """Give the receivers of a letter as a file, each with how their mail fared."""
    note_export(message.edition, "receivers", message.receivers.count(), by=person_of(request), at=request.at)
    return lists.as_file(f"{message.edition.slug}-receivers", queries.receiver_rows(message))
