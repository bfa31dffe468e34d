"""The public face: what anyone may read without signing in."""

from django.http import HttpResponse
from django.shortcuts import render

from sqcuola.kernel.access import anyone
from sqcuola.kernel.requests import Request


@anyone()
def home(request: Request) -> HttpResponse:
    """Show the school and what is open now."""
    return render(request, "front/home.html")
