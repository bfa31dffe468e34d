"""The page of a class."""

from django.http import HttpResponse
from django.shortcuts import render

from sqcuola.classroom.queries import class_page
from sqcuola.classroom.rules import may_enter
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.kernel.access import may
from sqcuola.kernel.requests import Request
from sqcuola.people.requests import person_of


@may(may_enter, on=by_slug)
def the_class(request: Request, edition: Edition) -> HttpResponse:
    """Show the faces of who accepted a seat."""
    page = class_page(edition, person_of(request), request.at)
    return render(request, "classroom/class.html", {"page": page, "edition": edition})
