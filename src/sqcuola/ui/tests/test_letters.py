"""Every mail wears the same clothes, and its text reads as well as its HTML."""

from sqcuola.ui import frame, letters
from sqcuola.ui.letters import Paragraph


def test_lines_that_are_urls_become_buttons_and_the_rest_stays_words():
    text = "Ciao,\r\nguarda qui:\nhttps://a.example/x\ne poi\n\nLeggi: https://b.example/\n\n\nA presto."

    assert list(letters.paragraphs(text)) == [
        Paragraph("Ciao,\nguarda qui:"),
        Paragraph("", "https://a.example/x"),
        Paragraph("e poi"),
        Paragraph("Leggi", "https://b.example/"),
        Paragraph("A presto."),
    ]


def test_no_other_scheme_becomes_a_button():
    assert list(letters.paragraphs("Qui: javascript:alert(1)")) == [Paragraph("Qui: javascript:alert(1)")]


def test_a_mail_wears_the_clothes_of_the_house_and_its_link_is_a_button(monkeypatch):
    monkeypatch.setattr(frame, "_school", [])
    text = "Your code is <1>.\n\nOr open this link:\nhttps://example.org/l/x?a=1&b=2"
    html = letters.html("A & B", text, language="it", foot="Perché: https://example.org/why/")

    assert '<html lang="it">' in html
    assert "<h1>A &amp; B</h1>" in html
    assert "<p>Your code is &lt;1&gt;.</p>" in html
    assert '<a class="button" href="https://example.org/l/x?a=1&amp;b=2">Apri</a>' in html
    assert "prefers-color-scheme: dark" in html
    assert 'Perché: <a href="https://example.org/why/"' in html


def test_the_mark_is_the_schools_name_or_the_houses(monkeypatch):
    monkeypatch.setattr(frame, "_school", [])
    assert "S<b>Q</b>cuola" in letters.html("A", "B", language="en")
    frame.register_school(lambda: frame.School("La scuola & co"))

    assert '<p class="mark">La scuola &amp; co</p>' in letters.html("A", "B", language="en")


def test_a_foot_stands_below_as_mail_programs_know_it():
    assert letters.plain("Ciao.\n\n", foot="Da noi.") == "Ciao.\n\n-- \nDa noi.\n"
    assert letters.plain(" Ciao. ") == "Ciao.\n"


def test_a_template_is_a_subject_and_a_text():
    assert letters.parted("\nEccoci \n\nCiao.\n") == ("Eccoci", "Ciao.")
