"""Every page is pictured, or left out for a reason; what `make pictures` made is whole and not too big."""

import re

from django.http import HttpResponse
from django.urls import get_resolver, path
from tests.house.tree import ROOT
from tools import pictures
from tools.picturing.camera import Seen
from tools.picturing.listed import LEFT_OUT, SHOTS, Shot, amiss, arguments

from sqcuola.kernel.access import POST, anyone

FOLDER = ROOT / "docs" / "pictures"


def test_no_page_is_forgotten():
    assert amiss(get_resolver(), SHOTS, LEFT_OUT) == []


def test_every_reason_is_said():
    assert [name for name, reason in LEFT_OUT.items() if not reason.strip()] == []


def view(request):
    return HttpResponse("ok")


def test_the_check_can_fail():
    resolver = type("urls", (), {"url_patterns": [
        path("a", anyone()(view), name="a"),
        path("b", anyone()(view), name="b"),
        path("c", anyone(methods=POST)(view), name="c"),
        path("d", anyone()(view), name="d"),
    ]})  # fmt: skip
    shots = [Shot("one", "a"), Shot("one", "d"), Shot("two", "gone")]

    assert amiss(resolver, shots, {"d": "a file"}) == [
        "b is neither pictured nor left out",
        "d is pictured and left out",
        "gone is no url of the house",
        "one stands twice",
    ]


def test_what_a_house_does_not_have_is_not_asked_for():
    shot = Shot("text", "notices:text", "lidia", {"slug": "x", "key": "@text"})

    assert arguments(shot, {"text": None}) is None
    assert arguments(shot, {"text": "admissions.receipt"}) == {"slug": "x", "key": "admissions.receipt"}


def test_what_is_wrong_is_told(tmp_path, capsys):
    good, bad = Seen(Shot("good", "a")), Seen(Shot("bad", "b"), faults=["too wide at 360 px: P."])

    assert pictures.told([good], tmp_path) == 0
    assert pictures.told([good, bad], tmp_path) == 1
    assert "too wide" in capsys.readouterr().out


def test_the_folder_and_its_index_agree():
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\(([\w.-]+\.webp)\)", index))

    assert linked == {picture.name for picture in FOLDER.glob("*.webp")}
    assert sum(picture.stat().st_size for picture in FOLDER.iterdir()) < 1.1 * pictures.MOST
