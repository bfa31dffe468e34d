"""The bare view: what a page that says one word costs behind the middleware of the house. Every figure stands beside it."""

from django.http import HttpRequest, HttpResponse
from django.urls import clear_url_caches, path

from sqcuola.config import urls

ADDRESS = "bench/bare/"


def bare(_request: HttpRequest) -> HttpResponse:
    """Answer one word."""
    return HttpResponse("bare")


def stand_beside() -> None:
    """Add the bare view to the urls of this process."""
    if not any(str(getattr(one, "pattern", "")) == ADDRESS for one in urls.urlpatterns):
        urls.urlpatterns.append(path(ADDRESS, bare))
        clear_url_caches()
