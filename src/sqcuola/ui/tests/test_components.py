from pathlib import Path

import pytest
from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

from sqcuola.ui import components

PACKAGE = Path(components.__file__).parents[1]
DECLARED = components.declared()


def templates():
    return sorted(PACKAGE.glob("*/templates/**/*.html"))


def test_every_template_of_the_house_calls_components_as_they_are_declared():
    wrong = {
        str(path.relative_to(PACKAGE)): found
        for path in templates()
        if (found := components.complaints(path.read_text(encoding="utf-8"), DECLARED))
    }

    assert wrong == {}


def test_every_component_stands_on_the_style_page():
    shown = "".join(path.read_text() for path in (PACKAGE / "ui" / "templates" / "ui").rglob("*.html"))

    assert [name for name in DECLARED if f"<c-{name}" not in shown] == []


def test_every_component_is_told_in_the_readme():
    readme = (PACKAGE / "ui" / "README.md").read_text()

    assert [name for name in DECLARED if f"`{name}`" not in readme] == []


def test_what_a_component_needs_it_also_declares():
    assert [one.name for one in DECLARED.values() if not one.needs <= one.may] == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<c-face name='x' key='y' />", []),
        ("<c-face :name='x.name' :key='x.key' size='{% if a %}small{% endif %}' />", []),
        ("<c-button data-x='1' hx-post='/'>go</c-button>", []),
        ("<c-columns>a<c-slot name='aside'>b</c-slot></c-columns>", []),
        ("\n<c-face name='x' />", ["line 2: <c-face> needs 'key'"]),
        ("<c-tag colour='red'>x</c-tag>", ["line 1: <c-tag> has no property 'colour'"]),
        ("<c-tag data-x='1'>x</c-tag>", ["line 1: <c-tag> has no property 'data-x'"]),
        (
            "<c-columns><c-slot name='side'>b</c-slot></c-columns>",
            ["line 1: <c-columns> has no property 'side'"],
        ),
        ("<c-nothing />", ["line 1: there is no component <c-nothing>"]),
    ],
)
def test_a_call_that_does_not_fit_is_named(source, said):
    assert components.complaints(source, DECLARED) == said


def render(source, **context):
    return engines["django"].from_string(CottonCompiler().process(source)).render(context)


def test_what_people_typed_is_escaped_once_by_either_way():
    by_value = render('<c-sheet :title="name" />', name="D'Angelo <b>")
    by_words = render('<c-sheet title="{{ name }}" />', name="D'Angelo <b>")

    assert "<h2>D&#x27;Angelo &lt;b&gt;</h2>" in by_value
    assert by_words == by_value


def test_a_component_sees_nothing_of_the_page_around_it():
    assert "leaked" not in render("<c-sheet>words</c-sheet>", title="leaked")


def test_a_button_that_may_not_be_pressed_says_why():
    button = render("<c-button why='Two papers are missing.'>Close</c-button>")

    assert 'aria-disabled="true"' in button
    assert 'type="button"' in button
    assert "Two papers are missing." in button


def test_a_bar_never_leaves_its_frame():
    assert 'width="100.0"' in render("<c-bar value='9' max='4' />")
    assert 'width="0.0"' in render("<c-bar value='0' max='0' />")
    assert 'width="33.33"' in render("<c-bar value='1' max='3' />")
