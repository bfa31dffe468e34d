"""A person's page as the one who looks may see it, and what one can do there."""

from collections.abc import Callable
from typing import cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.kernel import files
from sqcuola.kernel.access import POST, may
from sqcuola.kernel.requests import Request
from sqcuola.people import actions, queries, rules
from sqcuola.people.models import Block, Follow, Person
from sqcuola.people.views.pages import me
from sqcuola.ui import toasts


@may(rules.may_see_page, on=queries.page, visitors=True)
def page(request: Request, seen: queries.Seen) -> HttpResponse:
    """Show a person."""
    viewer = request.user if isinstance(request.user, Person) else None
    context = {
        "seen": seen,
        "evidence": queries.evidence_of(seen.id)[:10] if seen.competences else [],
        "is_me": viewer is not None and viewer.pk == seen.id,
        "signed_in": viewer is not None,
        "follows": viewer is not None and Follow.objects.filter(follower=viewer, followed=seen.id).exists(),
        "blocks": viewer is not None and Block.objects.filter(blocker=viewer, blocked=seen.id).exists(),
    }
    return render(request, "people/page.html", context)


@may(rules.may_see_file, on=queries.portrait_of, visitors=True)
def portrait(_request: Request, file: files.StoredFile) -> HttpResponse:
    """Hand a portrait to whoever may see it."""
    return cast("HttpResponse", files.response(file))  # it streams, and is a response in all that matters


@may(rules.may_follow, on=queries.page, methods=POST)
def follow(request: Request, seen: queries.Seen) -> HttpResponse:
    """Follow a person."""
    return _do(request, seen, actions.follow, _("You follow {name} now."))


@may(rules.may_take_back, on=queries.page, methods=POST)
def unfollow(request: Request, seen: queries.Seen) -> HttpResponse:
    """Follow a person no longer."""
    return _do(request, seen, actions.unfollow, _("You no longer follow {name}."))


@may(rules.may_block, on=queries.page, methods=POST)
def block(request: Request, seen: queries.Seen) -> HttpResponse:
    """Close oneself to a person."""
    return _do(request, seen, actions.block, _("{name} can no longer read, follow or write to you."))


@may(rules.may_take_back, on=queries.page, methods=POST)
def unblock(request: Request, seen: queries.Seen) -> HttpResponse:
    """Take a block back."""
    return _do(request, seen, actions.unblock, _("{name} is no longer blocked."))


def _do(request: Request, seen: queries.Seen, action: Callable[..., None], words: str) -> HttpResponse:
    action(Person.objects.get(pk=seen.id), by=me(request), at=request.at)
    toasts.say(request, words.format(name=seen.name))
    return redirect(seen.url)
