"""What people write, made safe and plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pages import Page

from sqcuola.kernel import text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ciao **mondo**", "<p>Ciao <strong>mondo</strong></p>"),
        ("uno\ndue", "<p>uno<br>\ndue</p>"),
        ("# Titolo", "<h3>Titolo</h3>"),
        ("###### Titolo", "<h6>Titolo</h6>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("~~no~~", "<p><s>no</s></p>"),
        (
            "[qui](https://example.org)",
            '<p><a href="https://example.org" rel="nofollow noopener noreferrer">qui</a></p>',
        ),
    ],
)
def test_markdown_becomes_html(written, shown):
    assert text.html(written).strip() == shown


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "[qui](javascript:alert(1))",
        "[qui](data:text/html;base64,xx)",
        "![x](https://example.org/spy.png)",
        '<a href="#" onclick="x()">a</a>',
        '<p style="position:fixed">x</p>',
        "<img src=x onerror=alert(1)>",
        "<iframe src=//example.org></iframe>",
    ],
)
def test_nothing_in_it_acts(written):
    page = Page(text.html(written))

    assert {tag for tag, _attrs in page.starts} <= {"p", "a"}
    assert all(
        not attrs.get("href", "https:").startswith(("javascript", "data")) for _t, attrs in page.starts
    )
    assert all(set(attrs) <= {"href", "rel"} for _tag, attrs in page.starts)


@given(st.text())
def test_whatever_is_written_only_known_tags_come_out(written):
    page = Page(text.html(written))

    assert {tag for tag, _attrs in page.starts} <= text.TAGS
    assert all(set(attrs) <= {"href", "rel", "start"} for _tag, attrs in page.starts)


def test_plain_words_have_no_marks():
    assert text.plain("# Uno\n\n**due** [tre](https://x.org)\nquattro `cinque`\n\n- sei") == (
        "Uno due tre quattro cinque sei"
    )


@pytest.mark.parametrize(
    ("length", "shown"), [(100, "Uno, due e tre"), (9, "Uno, due…"), (4, "Uno…"), (2, "U…")]
)
def test_an_excerpt_ends_between_two_words(length, shown):
    assert text.excerpt("Uno, **due** e tre", length) == shown


@given(st.text(), st.integers(min_value=2, max_value=300))
def test_an_excerpt_is_never_longer_than_asked(written, length):
    assert len(text.excerpt(written, length)) <= length + 1


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Perché", "perche"), ("È", "e"), ("ÇA", "ca"), ("Straße", "strasse"), ("Łódź", "lodz"), ("Øre", "ore")],
)
def test_accents_and_capitals_fold(written, folded):
    assert text.fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(written):
    once = text.fold(written)

    assert [text.fold(word) for word in text.words(once)] == text.words(once)


def test_an_apostrophe_ends_a_word():
    assert text.words("L'azienda dell’anno, «perché» no_2") == [
        "l", "azienda", "dell", "anno", "perche", "no", "2",
    ]  # fmt: skip
