"""What views of this room share: pages that nobody may keep, and asking again who it is."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sqcuola.people import entering
from sqcuola.people.models import Person

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Mark a page that no cache keeps and no search engine lists.

    Its address is told to no other site (settings: same-origin). A stricter referrer policy would make browsers send
    `Origin: null` with the form, which is refused as a forgery.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return never_cache(wrapped)


def fresh(view: View) -> View:
    """Ask who showed who they are a while ago to do so again, and come back here. Put it under `@signed_in`."""

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if entering.is_fresh(request):
            return view(request, *args, **kwargs)
        back_to = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
        return redirect(f"{reverse('people:again')}?{urlencode({'next': back_to})}")

    return wrapped


def fresh_to_act(view: View) -> View:
    """Ask as `fresh` does before anything is sent; the page is read without, since one may come to it out of a form half filled."""
    asked = fresh(view)

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return (view if request.method in {"GET", "HEAD"} else asked)(request, *args, **kwargs)

    return wrapped


def me(request: HttpRequest) -> Person:
    """Return who has signed in; the access decorator has made sure that somebody did."""
    person = request.user
    if not isinstance(person, Person):
        raise TypeError("This view needs @signed_in.")
    return person
