"""Templates are formatted, and the check that says so can fail."""

from tools.templates import unformatted


def test_every_template_is_formatted():
    assert unformatted() == []


def test_a_template_that_is_not_formatted_is_named(tmp_path):
    folder = tmp_path / "room" / "templates" / "room"
    folder.mkdir(parents=True)
    page = folder / "page.html"
    page.write_text("{%load i18n%}\n{{words}}\n", encoding="utf-8")

    assert [line for line in unformatted(tmp_path) if str(page) in line]

    unformatted(tmp_path, check=False)
    assert page.read_text(encoding="utf-8") == "{% load i18n %}\n{{ words }}\n"
