"""Opening a link that is limited to one thing."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sqcuola.kernel.access import FORM, anyone
from sqcuola.kernel.requests import Request
from sqcuola.people import links
from sqcuola.people.models import Link
from sqcuola.people.views.pages import private


@private
@anyone(FORM)
def link(request: Request, token: str) -> HttpResponse:
    """Show a button that opens the one thing; a used or expired link shows one for a new link."""
    try:
        found = links.by_token(token)
    except Link.DoesNotExist:
        return render(request, "people/link_over.html", {"known": False}, status=410)
    if links.is_whole(request) and request.user == found.person:
        return redirect(
            reverse(found.url_name, kwargs=found.url_kwargs)
        )  # they can open it anyway: nothing is used up
    if request.method == "POST":
        if request.POST.get("do") == "another":
            links.renew(found, at=request.at)
            return render(request, "people/link_sent.html")
        if links.open_session(found, request):
            return redirect(reverse(found.url_name, kwargs=found.url_kwargs))
    if not links.alive(found, request.at):
        return render(request, "people/link_over.html", {"known": True}, status=410)
    return render(request, "people/link.html", {"link": found})
