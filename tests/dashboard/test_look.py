"""The look holds what it promises: contrast in both themes, and one value a colour wherever it is written."""

import re
import tomllib
from itertools import product
from pathlib import Path

import pytest

from dashboard.app import theme

ROOT = Path(__file__).parents[2]
THEMES = {"light": 0, "dark": 1}
GROUNDS = ["paper", "paper2", "paper3"]
TINTS = [f"t{n}" for n in range(6)]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """WCAG 2 contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ratio(text, ground, side):
    return contrast(theme.tokens()[text][THEMES[side]], theme.tokens()[ground][THEMES[side]])


def test_contrast_is_computed_as_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


READABLE = [
    *product(["ink", "ink2", "ink3", "accent", "term", "warn"], GROUNDS),
    *product(["ink", "ink2", "accent", "term"], [*TINTS, "here"]),
    *((f"s{n}", ground) for n in range(6) for ground in ("paper", f"t{n}")),
    *product(["neg", "pos", "neu"], ["paper"]),
    *(("neg", "negbg"), ("pos", "posbg"), ("ink", "negbg"), ("ink", "posbg")),
]


@pytest.mark.parametrize("side", THEMES)
@pytest.mark.parametrize(("text", "ground"), READABLE)
def test_text_reads_on_every_ground_it_stands_on(text, ground, side):
    assert ratio(text, ground, side) >= 4.5


@pytest.mark.parametrize("side", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_outlines_of_controls_can_be_seen(ground, side):
    assert ratio("edge", ground, side) >= 3


@pytest.mark.parametrize("side", THEMES)
def test_theme_keys_repeat_the_tokens(side):
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    given = config["theme"][side]
    same = {
        "primaryColor": "accent",
        "backgroundColor": "paper",
        "secondaryBackgroundColor": "paper2",
        "textColor": "ink",
        "linkColor": "accent",
        "borderColor": "edge",
        "grayTextColor": "ink2",
        "dataframeBorderColor": "rule",
        "dataframeHeaderBackgroundColor": "paper",
        "dataframeHeaderTextColor": "ink2",
    }
    assert {key: given[key] for key in same} == {
        key: theme.tokens()[token][THEMES[side]] for key, token in same.items()
    }
    assert given["chartCategoricalColors"][:6] == [theme.tokens()[f"s{n}"][THEMES[side]] for n in (1, 2, 3, 4, 5, 0)]
    assert len(given["chartCategoricalColors"]) == len(given["chartSequentialColors"]) == 10


def test_the_app_keeps_to_this_machine():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["browser"]["gatherUsageStats"] is False
    ours = [path for folder in ("dashboard", "pages") for path in (ROOT / folder).iterdir() if path.is_file()]
    for path in [*ours, ROOT / "app.py"]:
        written = path.read_text(encoding="utf-8")
        assert ":material/" not in written, path
        assert not re.search(r"(src=|url\(|@import).{0,4}https?:", written), path


def test_no_reader_waits_for_garbage_after_each_run_of_a_page():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["runner"]["postScriptGC"] is False


def test_every_variable_the_sheet_uses_is_declared():
    sheet = theme.SHEET.read_text(encoding="utf-8")
    declared = set(re.findall(r"(--fl-[a-z0-9-]+):", sheet))
    assert set(re.findall(r"var\((--fl-[a-z0-9-]+)", sheet)) <= declared
