import gzip
import hashlib
import os
import shutil
import tomllib

import django_htmx
import pytest
from django.contrib.staticfiles import finders

from sqcuola.ui import sheets

VENDOR = sheets.PARTS / "vendor"
BUDGET = 60_000


def test_every_part_is_joined_once():
    assert sorted(sheets.STYLES) == sorted(path.stem for path in (sheets.PARTS / "css").glob("*.css"))
    assert sorted(sheets.SCRIPTS) == sorted(path.stem for path in (sheets.PARTS / "js").glob("*.js"))


def test_every_font_it_names_is_there():
    text = sheets.join_styles().plain.decode()
    urls = [part.split(")")[0] for part in text.split("url(")[1:]]

    assert len(urls) == 4
    assert [url for url in urls if not finders.find(url.removeprefix("/static/"))] == []


def test_comments_are_left_out_and_rules_are_not():
    text = sheets.join_styles().plain.decode()

    assert "/*" not in text
    assert text.count("{") == text.count("}")
    assert text.lstrip().startswith("@layer tokens, base, frame, parts, page, print;")


def test_while_one_works_a_part_that_changes_is_read_again_and_no_other_time(settings, tmp_path, monkeypatch):
    settings.MODE = "development"
    for folder in ("css", "js"):
        shutil.copytree(sheets.PARTS / folder, tmp_path / folder)
    monkeypatch.setattr(sheets, "PARTS", tmp_path)
    before = sheets.joined("css")
    assert sheets.joined("css") is before

    part = tmp_path / "css" / "tag.css"
    part.write_text(part.read_text() + ".changed { color: red }", encoding="utf-8")
    os.utime(part, ns=(0, sheets._last_change() + 1))
    assert b".changed" in sheets.joined("css").plain


@pytest.mark.parametrize("which", ["css", "js"])
def test_a_browser_keeps_it_for_a_year(client, which):
    joined = sheets.joined(which)
    answer = client.get(f"/house/{joined.name}", headers={"Accept-Encoding": "gzip"})

    assert answer["Content-Type"] == f"{joined.kind}; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == joined.plain
    assert client.get(f"/house/{joined.name}").content == joined.plain
    assert "Cookie" not in answer["Vary"]


def test_a_browser_that_does_not_know_two_themes_gets_one():
    text = sheets.join_styles().plain.decode()
    fallback = text.partition("@supports not (color:light-dark(#000,#fff))")[2]

    assert "--paper:#fbf8f1" in fallback
    assert fallback.count("--") == text.count(": light-dark(")


def test_a_name_of_yesterday_gets_todays_sheet_but_is_not_kept(client):
    answer = client.get("/house/house-000000000000.css")

    assert answer.content == sheets.joined("css").plain
    assert answer["Cache-Control"] == "no-cache"


@pytest.mark.django_db
def test_there_is_nothing_else_there(client):
    assert client.get("/house/settings.py").status_code == 404


@pytest.mark.django_db
def test_the_heaviest_page_of_all_stays_light(client):
    htmx = finders.find("django_htmx/htmx-2.min.js")
    with open(htmx, "rb") as file:  # noqa: PTH123 - the finder gives a string
        packed = len(gzip.compress(file.read()))
    page = len(gzip.compress(client.get("/style/").content))
    house = len(sheets.joined("css").packed) + len(sheets.joined("js").packed)

    assert django_htmx.__file__
    assert page + house + packed < BUDGET


def vendored():
    return tomllib.loads((VENDOR / "VENDORED.toml").read_text())["package"]


def test_vendored_files_are_those_that_came():
    wanted = {name: digest for package in vendored() for name, digest in package["files"].items()}
    there = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name not in {"VENDORED.toml", "OFL.txt"}
    }

    assert there == wanted


def test_vendored_packages_say_what_they_are():
    for package in vendored():
        assert {"name", "version", "licence", "source", "rebuild"} <= package.keys()
        assert "SIL OPEN FONT LICENSE" in (VENDOR / package["licence_file"]).read_text().upper()
