"""Every pair of colours that meet on a page, in both themes, from the stylesheet itself (WCAG 2.2: 4.5, and 3 for edges)."""

import re

import pytest

from sqcuola.ui import sheets

TOKENS = (sheets.PARTS / "css" / "tokens.css").read_text()
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")
PLAIN = re.compile(r"--([\w-]+): (#\w{6});")

WORDS = [
    *(
        (ink, ground)
        for ink in ("ink", "soft", "blue", "blue-deep", "red", "green")
        for ground in ("paper", "sheet")
    ),
    ("blue", "blue-bg"),
    ("blue-deep", "blue-bg"),
    ("ink", "blue-bg"),
    ("soft", "blue-bg"),
    ("red", "red-bg"),
    ("red-deep", "red-bg"),
    ("ink", "red-bg"),
    ("green", "green-bg"),
    ("ink", "green-bg"),
    ("blue", "green-bg"),
    ("ink", "mark"),
    ("ink", "mark-bg"),
    ("on-blue", "blue"),
    ("on-blue", "blue-deep"),
    ("on-red", "red"),
    ("on-red", "red-deep"),
    *(("face-ink", f"face-{tone}") for tone in range(8)),
]
EDGES = [
    ("edge", "paper"),
    ("edge", "sheet"),
    ("blue", "paper"),
    ("red", "sheet"),
    ("green", "paper"),
    ("blue", "line"),
]


def themes():
    plain = dict(PLAIN.findall(TOKENS))
    pairs = PAIR.findall(TOKENS)
    return {
        "light": plain | {name: light for name, light, _dark in pairs},
        "dark": plain | {name: dark for name, _light, dark in pairs},
    }


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read(theme):
    colours = themes()[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in WORDS}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_can_be_seen(theme):
    colours = themes()[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in EDGES}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_the_measure_is_the_published_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#fffdf8") < 4.5
