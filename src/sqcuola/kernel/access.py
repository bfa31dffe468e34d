"""Who may come in. Every view carries one of `@anyone`, `@signed_in`, `@may(rule, on=query)`, and its methods."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from sqcuola.kernel.verdicts import Missing, Verdict

View = Callable[..., HttpResponse]
Rule = Callable[..., Verdict]
Query = Callable[..., Any]

READ = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")
POST = ("POST",)


def _declare(view: View, kind: str, methods: Sequence[str]) -> View:
    view.access = kind  # type: ignore[attr-defined]
    view.methods = tuple(methods)  # type: ignore[attr-defined]
    return view


def anyone(methods: Sequence[str] = READ) -> Callable[[View], View]:
    """Open a view to visitors too."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **kwargs)

        return _declare(guarded, "anyone", methods)

    return decorate


def signed_in(methods: Sequence[str] = READ) -> Callable[[View], View]:
    """Open a view to whoever has signed in; others are asked to, and come back."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
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
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            person = request.user if request.user.is_authenticated else None
            if person is None and not visitors:
                return redirect_to_login(request.get_full_path())
            at = request.at  # type: ignore[attr-defined]
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
        declared.rule = rule  # type: ignore[attr-defined]
        return declared

    return decorate
