"""Who makes a request, for views behind a sign-in."""

from sqcuola.kernel.requests import Request
from sqcuola.people.models import Person


def person_of(request: Request) -> Person:
    """Return the person who is signed in; only for views that visitors do not reach."""
    person = request.user
    if not isinstance(person, Person):
        raise TypeError("This view is open to visitors: there may be no person.")
    return person
