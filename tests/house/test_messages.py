"""Every sentence of code and templates is in Italian too."""

import pytest
from tools import messages


def test_every_sentence_is_in_both_languages():
    assert messages.complaints() == []


CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

SAVED = _("Saved.")
HELLO = _("Hello {name}.")
MAY = pgettext("month", "May")


def people(n):
    return ngettext("%(n)s person", "%(n)s people", n)
"""
TEMPLATE = """
<p>{% translate "Your seat" %}</p>
    <c-button label="{% translate 'Send it' %}" />
{% blocktranslate trimmed %}
  Today {{ count }} things.
{% endblocktranslate %}
"""


@pytest.fixture
def package(tmp_path):
    room = tmp_path / "room"
    (room / "templates" / "room").mkdir(parents=True)
    (room / "__init__.py").touch()
    (room / "words.py").write_text(CODE)
    (room / "templates" / "room" / "page.html").write_text(TEMPLATE)
    messages.update(room)
    return tmp_path


def write(package, italian):
    catalogue = messages.catalogue_of(package / "room")
    text = catalogue.read_text()
    for english, string in italian.items():
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{string}"')
        text = text.replace(
            f'msgid_plural "{english}"\nmsgstr[0] ""\nmsgstr[1] ""',
            f'msgid_plural "{english}"\nmsgstr[0] "{string}"\nmsgstr[1] "{string}"',
        )
    catalogue.write_text(text)


ITALIAN = {
    "Saved.": "Salvato.",
    "Hello {name}.": "Ciao {name}.",
    "May": "maggio",
    "%(n)s people": "%(n)s persone",
    "Your seat": "Il tuo posto",
    "Send it": "Mandala",
    "Today %(count)s things.": "Oggi %(count)s cose.",
}


def test_a_whole_catalogue_has_no_complaint_and_keeps_its_words_when_updated(package):
    write(package, ITALIAN)
    before = messages.catalogue_of(package / "room").read_text()
    messages.update(package / "room")

    assert messages.complaints(package) == []
    assert messages.catalogue_of(package / "room").read_text() == before


def test_it_complains_of_what_is_missing_left_over_and_bent(package):
    write(package, {**ITALIAN, "Hello {name}.": "Ciao {nome}.", "May": ""})
    (package / "room" / "templates" / "room" / "page.html").write_text('{% translate "Your place" %}')

    assert set(messages.complaints(package)) == {
        "room: not in the catalogue: 'Your place'",
        "room: no longer used: 'Your seat'",
        "room: no longer used: 'Send it'",
        "room: no longer used: 'Today %(count)s things.'",
        "room: the translation has a field that the msgid has not: 'Hello {name}.'",
        "room: not translated: 'May'",
    }


def test_one_sentence_has_one_translation_in_all_rooms(package):
    write(package, ITALIAN)
    other = package / "second"
    other.mkdir()
    (other / "__init__.py").write_text("from django.utils.translation import gettext as _\nA = _('Saved.')\n")
    messages.update(other)
    path = messages.catalogue_of(other)
    path.write_text(path.read_text().replace('"Saved."\nmsgstr ""', '"Saved."\nmsgstr "Fatto."'))

    assert messages.complaints(package) == ["second: 'Saved.' is 'Fatto.' here and 'Salvato.' in room"]


def test_a_catalogue_is_compiled_once_and_again_when_it_changed(package):
    assert messages.compile_all(package) == 1
    assert messages.compile_all(package) == 0
    path = messages.catalogue_of(package / "room")
    path.with_suffix(".mo").unlink()
    assert messages.compile_all(package) == 1
