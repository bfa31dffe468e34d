"""Addresses are written once, and are the ones Django writes."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import NoReverseMatch, path, reverse, set_script_prefix

from sqcuola.ui import addresses
from sqcuola.ui.addresses import address


def _page(_request: HttpRequest, number: int = 0, **_rest: str) -> HttpResponse:
    return HttpResponse(str(number))


urlpatterns = [
    path("elsewhere/<int:number>/", _page, name="page"),
    path("language/", _page, name="alone"),
    path("any/<path:what>", _page, name="any"),
]


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    addresses._written.cache_clear()
    yield
    addresses._written.cache_clear()
    set_script_prefix("/")


def _said(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_it_is_what_django_writes_and_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert address("ui:sheet", "house-0.css") == reverse("ui:sheet", args=["house-0.css"])
    assert address("ui:language") == reverse("ui:language")

    def no(*_args: object) -> str:
        raise AssertionError("It is written already.")

    monkeypatch.setattr(addresses, "reverse", no)
    assert address("ui:sheet", "house-0.css").endswith("house-0.css")
    with pytest.raises(AssertionError):
        address("ui:sheet", "house-1.css")


def test_another_place_and_other_urls_have_addresses_of_their_own() -> None:
    here = address("ui:language")
    set_script_prefix("/school/")
    assert address("ui:language") == f"/school{here}"
    set_script_prefix("/")
    with override_settings(ROOT_URLCONF=__name__):
        assert address("page", number=3) == address("page", 3) == "/elsewhere/3/"
        assert address("alone") == "/language/"
    with pytest.raises(NoReverseMatch):
        address("alone")


def test_a_number_and_what_equals_it_are_not_confused() -> None:
    with override_settings(ROOT_URLCONF=__name__):
        assert address("page", 1) == "/elsewhere/1/"
        with pytest.raises(NoReverseMatch):
            address("page", True)


def test_the_tag_writes_it_keeps_it_and_escapes_it() -> None:
    with override_settings(ROOT_URLCONF=__name__):
        assert _said("{% url 'page' n %}", n=4) == "/elsewhere/4/"
        assert _said("{% url 'page' number=n as kept %}<{{ kept }}>", n=4) == "</elsewhere/4/>"
        assert _said("{% url 'any' 'a&b' %}") == "/any/a&amp;b"
    assert _said("{% url 'nothing' as kept %}<{{ kept }}>") == "<>"
    with pytest.raises(NoReverseMatch):
        _said("{% url 'nothing' %}")
