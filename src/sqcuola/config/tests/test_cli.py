"""The words of the command line."""

import pytest

from sqcuola.config import cli


@pytest.mark.django_db
def test_a_word_with_a_dash_is_answered(capsys):
    assert cli.answer(["verify-acts"]) == 0

    assert capsys.readouterr().out.startswith("The chain holds: 0 acts")


def test_the_help_names_the_words_of_rooms():
    words = cli.help_text().split()

    assert {"verify-acts", "privacy-register", "permissions"} <= set(words)
