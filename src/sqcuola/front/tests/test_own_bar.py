"""Public pages for who is signed in: their own bar above them, and nothing of it is kept for others."""

import pytest
from django.test import Client
from tests.pages import assert_page

URL = "/e/terza/"


@pytest.mark.parametrize("path", ["/", URL, f"{URL}rules/"])
def test_whoever_is_signed_in_has_their_own_bar_and_nothing_of_it_is_kept(
    client, edition, lidia, settings, path
):
    settings.KEEP_PAGES = True
    visitor = Client()
    before = visitor.get(path)
    client.force_login(lidia)
    mine = client.get(path, headers={"if-none-match": before.headers["ETag"]})
    after = visitor.get(path)

    assert mine.status_code == 200
    assert 'href="/desk/"' in mine.content.decode()
    assert "Tu: Lidia Marchesi" in mine.content.decode()
    assert "private" in mine.headers["Cache-Control"]
    assert "no-store" in mine.headers["Cache-Control"]
    assert after.content == before.content
    assert "/desk/" not in after.content.decode()
    assert assert_page(mine)


def test_a_file_is_the_same_for_who_is_signed_in(client, edition, lidia, settings):
    settings.KEEP_PAGES = True
    card = Client().get(f"{URL}card.png")
    client.force_login(lidia)
    assert client.get(f"{URL}card.png").headers["ETag"] == card.headers["ETag"]
