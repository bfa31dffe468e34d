"""Who may come in. Every view carries one of `@anyone`, `@signed_in`, `@may(rule, on=query)`, and its methods."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect

from sqcuola.kernel import errors
from sqcuola.kernel.verdicts import Missing, Verdict

View = Callable[..., Any]  # an HttpResponse, or a file that streams
Rule = Callable[..., Verdict]
Query = Callable[..., Any]

READ = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")
POST = ("POST",)


def _declare(view: View, kind: str, methods: Sequence[str]) -> View:
    view.access = kind  # type: ignore[attr-defined]  # functions carry what was declared for them
    view.methods = tuple(methods)  # type: ignore[attr-defined]  # the same
    return view


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to sign in and back; one whose session ended while a form was open is told so."""
    if htmx := getattr(request, "htmx", None):
        asked = redirect_to_login(htmx.current_url_abs_path or "/")
        response: HttpResponse = HttpResponseClientRedirect(asked.url)
    elif request.method in READ:
        response = redirect_to_login(request.get_full_path())
    else:
        response = errors.signed_out(request)
    response.asks_to_sign_in = True  # type: ignore[attr-defined]  # the access matrix looks at it
    return response


def anyone(methods: Sequence[str] = READ) -> Callable[[View], View]:
    """Open a view to visitors too."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method not in methods:
                return errors.not_allowed(request, methods)
            return view(request, *args, **kwargs)

        return _declare(guarded, "anyone", methods)

    return decorate


def signed_in(methods: Sequence[str] = READ) -> Callable[[View], View]:
    """Open a view to whoever has signed in; others are asked to, and come back."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method not in methods:
                return errors.not_allowed(request, methods)
            if not request.user.is_authenticated:
                return _ask_to_sign_in(request)
            return view(request, *args, **kwargs)

        return _declare(guarded, "signed in", methods)

    return decorate


def may(
    rule: Rule, *, on: Query | None = None, methods: Sequence[str] = READ, visitors: bool = False
) -> Callable[[View], View]:
    """Open a view to whom `rule` allows.

    `on(person, **url_kwargs)` loads the thing, among those the person may know of, and raises ObjectDoesNotExist
    otherwise (404). `rule(person, thing, at)` judges; without `on`, `rule(person, at)`. The view is called with
    `(request, thing)`, or `(request)` without `on`. Visitors are sent to sign in first, whether the thing exists or
    not, unless `visitors`: then `person` is None for them.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> Any:
            if request.method not in methods:
                return errors.not_allowed(request, methods)
            person = request.user if request.user.is_authenticated else None
            if person is None and not visitors:
                return _ask_to_sign_in(request)
            at = request.at  # type: ignore[attr-defined]  # set by kernel.middleware.at
            if on is None:
                rule(person, at).or_refuse()
                return view(request, **kwargs)
            try:
                thing = on(person, **kwargs)
            except ObjectDoesNotExist:
                raise Missing from None
            rule(person, thing, at).or_refuse()
            return view(request, thing)

        declared = _declare(guarded, "may", methods)
        declared.rule = rule  # type: ignore[attr-defined]  # for docs/permissions.md
        return declared

    return decorate
