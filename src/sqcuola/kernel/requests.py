"""The request as views know it: judged at one instant, made by one person or by a visitor."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """An HttpRequest after the house's middleware."""

    at: datetime
    htmx: HtmxDetails
