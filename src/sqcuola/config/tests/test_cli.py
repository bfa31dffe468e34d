"""The words of the command line: each says how it is used, and what it cannot use is answered with a sentence."""

import subprocess
import sys

import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError

from sqcuola import __version__
from sqcuola.config import asking, cli


def said(capsys, *words):
    """Return the exit code of a command, with what it printed."""
    try:
        code = cli.answer(list(words))
    except SystemExit as end:
        code = end.code or 0
    printed = capsys.readouterr()
    return code, printed.out + printed.err


@pytest.mark.django_db
def test_a_word_with_a_dash_is_answered(capsys):
    assert cli.answer(["verify-acts"]) == 0

    assert capsys.readouterr().out.startswith("The chain holds: 0 acts")


def test_the_help_names_the_words_of_rooms_and_a_sentence_for_each():
    lines = [line.split(None, 1) for line in cli.help_text().splitlines() if line.startswith("  ")]

    assert {"verify-acts", "privacy-register", "permissions"} <= {word for word, _sentence in lines}
    assert [word for word, sentence in lines if not sentence.endswith(".")] == []


@pytest.mark.parametrize("word", [*cli.COMMANDS, *cli.rooms_words()])
def test_every_word_says_how_it_is_used(capsys, word):
    code, text = said(capsys, word, "--help")

    assert code == 0
    assert text.startswith(f"usage: sqcuola {word}")
    # What argparse adds by itself has no place among the words of a school.
    assert "--settings" not in text
    assert said(capsys, "help", word) == (0, text)


@pytest.mark.parametrize("word", [*cli.COMMANDS, *cli.rooms_words()])
def test_what_a_word_cannot_use_is_answered_with_a_sentence(capsys, word):
    code, text = said(capsys, word, "--strange")

    assert code == asking.MISUSED
    assert text.startswith(f"sqcuola {word}: ")
    assert text.endswith(f"How it is used: sqcuola {word} --help\n")
    assert text.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["serve", "--port", "70000"], "--port: '70000' is not a whole number from 1 to 65535"),
        (["serve", "--port"], "--port needs a value"),
        (["rehearse", "--seats", "none"], "--seats: 'none' is not a whole number from 1 to 10000"),
        (["rehearse", "--bank", "/nowhere"], "--bank /nowhere: No such file or directory"),
        (["proxy-config"], "kind is missing"),
        (["backup"], "FILE is missing"),
        (["restor"], "there is no word 'restor', only restore"),
        (["qqqqqq"], "there is no word 'qqqqqq'"),
    ],
)
def test_the_sentence_names_what_is_wrong(capsys, words, sentence):
    code, text = said(capsys, *words)

    assert code == asking.MISUSED
    assert f": {sentence}. How it is used" in text


def test_proxy_config_names_the_kinds_there_are(capsys):
    code, text = said(capsys, "proxy-config", "apache")

    assert code == asking.MISUSED
    assert "kind is one of" in text
    assert "nginx" in text
    assert text.count("apache") == 1


def test_a_backup_that_is_not_there_prepares_nothing(capsys, tmp_path):
    assert said(capsys, "restore", str(tmp_path / "none.zip")) == (
        1, f"There is no file {tmp_path / 'none.zip'}.\n",
    )  # fmt: skip


def test_the_version_is_told(capsys):
    assert said(capsys, "--version") == (0, f"SQcuola {__version__}\n")


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (OperationalError("no such table: x\nLINE 1"), f"sqcuola: {cli.NO_TABLES} It says: no such table: x"),
        (ProgrammingError("disk full"), f"sqcuola: {cli.NO_TABLES} It says: disk full"),
        (
            FileNotFoundError(2, "No such file or directory", "x.zip"),
            "sqcuola: x.zip: No such file or directory.",
        ),
        (KeyboardInterrupt(), cli.STOPPED),
    ],
)
def test_trouble_ends_in_a_sentence(monkeypatch, trouble, told):
    def answer(_words):
        raise trouble

    monkeypatch.setattr(cli, "answer", answer)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == told


def test_a_fault_of_ours_is_not_called_a_missing_table(monkeypatch):
    def answer(_words):
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(cli, "answer", answer)
    with pytest.raises(IntegrityError):
        cli.main()


def test_an_empty_folder_has_nothing_to_back_up(tmp_path):
    made = subprocess.run(
        [sys.executable, "-m", "sqcuola", "backup", "x.zip"], cwd=tmp_path, text=True, capture_output=True,
        check=False, env={"PATH": "/usr/bin:/bin", "SQCUOLA_HOME": str(tmp_path / "home"), "SQCUOLA_MODE": "test"},
    )  # fmt: skip
    assert made.returncode == 1
    assert (
        made.stdout + made.stderr
        == "There is nothing to back up here yet. A school begins with: sqcuola init\n"
    )
