"""Public pages are kept in memory: the same for everybody, true at the instant a call opens and closes.

A page is kept until the next instant at which it would say something else, and no longer than a few seconds, so that a
change by the coordinator, made in another process, is seen almost at once.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Final

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language

from sqcuola.kernel.requests import Request
from sqcuola.people.links import is_whole
from sqcuola.ui import frame

KEPT: Final = timedelta(seconds=10)
MOST: Final = 200
Made = tuple[HttpResponse, datetime | None]


@dataclass(frozen=True, slots=True)
class Kept:
    body: bytes
    kind: str
    etag: str
    until: datetime


_kept: OrderedDict[tuple[str, str], Kept] = OrderedDict()
_lock = threading.Lock()


def forget() -> None:
    """Forget every kept page of this process."""
    with _lock:
        _kept.clear()


def kept(view: Callable[..., Made]) -> Callable[..., HttpResponse]:
    """Keep the page that a public view makes, but make it anew, with their own bar above it, for whoever is signed in.

    The view must read neither session nor person, and take its words from the path and the language alone: not from the
    query or the `Host` that the first visitor wrote. It returns its response and the next instant that changes it.
    """
    for_all = kept_file(view)

    @wraps(view)
    def answered(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        if not frame.own(request, somebody=is_whole(request)):
            return for_all(request, *args, **kwargs)
        response, _change = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return answered


def kept_file(view: Callable[..., Made]) -> Callable[..., HttpResponse]:
    """Keep what a public view makes, the same for everybody; the view is as for `kept` (None: no next instant is known)."""

    @wraps(view)
    def answered(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        key = (request.path, get_language() or "")
        page = _kept.get(key)
        if page is None or page.until <= request.at or not settings.KEEP_PAGES:
            response, change = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            page = _keep(key, response, request.at, change)
        return _answer(request, page)

    return answered


def _keep(key: tuple[str, str], response: HttpResponse, at: datetime, change: datetime | None) -> Kept:
    until = min(at + KEPT, change) if change else at + KEPT
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    page = Kept(response.content, response.headers["Content-Type"], etag, until)
    with _lock:
        _kept[key] = page
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return page


def _answer(request: Request, page: Kept) -> HttpResponse:
    answer: HttpResponse
    if page.etag in request.headers.get("If-None-Match", ""):
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(page.body, content_type=page.kind)
    answer.headers["ETag"] = page.etag
    answer.headers["Cache-Control"] = "no-cache"  # kept by browsers, and asked about each time
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer
