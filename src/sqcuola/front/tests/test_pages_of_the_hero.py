"""What stands first on the page of an edition: which it is, and what one can do from here."""

URL = "/e/terza/"


def test_the_page_says_which_edition_it_is_once_where_the_headline_does_not(client, edition):
    page = client.get(URL)
    assert "<title>Classe 3 · Trenta posti. Non si comprano, si guadagnano." in page.content.decode()
    assert "Classe 3 · Bando aperto · Master in Social Media Marketing" in page.content.decode()

    type(edition).objects.filter(pk=edition.pk).update(headline_it="", headline_en="")
    page = client.get(URL)
    assert "<title>Classe 3 · " in page.content.decode()
    assert "Classe 3 · Bando aperto" not in page.content.decode()


def test_when_everything_is_over_there_are_no_dates_to_put_in_a_calendar(client, edition, time):
    assert "calendar.ics" in client.get(URL).content.decode()

    time.now = max(phase.ends for phase in edition.phases.all())
    assert "calendar.ics" not in client.get(URL).content.decode()
