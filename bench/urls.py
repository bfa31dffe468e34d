"""Every url of the house, and one beside them: a bare view behind the same middleware. Every figure stands beside what it costs."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from sqcuola.config import urls

BARE = "bench/bare/"


def bare(_request: HttpRequest) -> HttpResponse:
    """Answer one word."""
    return HttpResponse("bare")


urlpatterns = [path(BARE, bare), path("", include(urls.urlpatterns))]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
