"""One url says how mail leaves, and a wrong one says what is wrong."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import mailers

from sqcuola.config.mail import road

HOME = Path("/nowhere")


def test_a_mail_url_with_escaped_characters():
    found = road("smtp://lidia%40scuola.example:p%2Fa%3Ass@posta.example", HOME)

    assert found.options == {
        "host": "posta.example", "port": 587, "username": "lidia@scuola.example", "password": "p/a:ss",
        "use_tls": True, "use_ssl": False, "timeout": 20,
    }  # fmt: skip
    assert found.leaves


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [("smtps://posta.example", 465, False, True), ("smtp://127.0.0.1:2525?tls=no", 2525, False, False)],
)
def test_how_the_connection_is_kept_secret(url, port, tls, ssl):
    options = road(url, HOME).options

    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, tls, ssl)


@pytest.mark.parametrize("url", ["", "console:", "file:///tmp/letters", "memory:"])
def test_roads_that_reach_nobody_say_so(url):
    assert not road(url, HOME).leaves


@pytest.mark.parametrize("url", ["http://posta.example", "smtp:", "anymail:../x", "posta.example"])
def test_a_wrong_url_is_refused_with_a_sentence(url):
    with pytest.raises(ImproperlyConfigured, match="SQCUOLA_MAIL_URL"):
        road(url, HOME)


@pytest.mark.parametrize(
    "url", ["console:", "memory:", "smtp://a:b@127.0.0.1:2525", "file:///tmp/sqcuola-letters"]
)
def test_django_can_walk_the_road(settings, url):
    found = road(url, HOME)
    settings.MAILERS = {"default": {"BACKEND": found.backend, "OPTIONS": found.options}}

    assert type(mailers["default"]).__module__ + ".EmailBackend" == found.backend
