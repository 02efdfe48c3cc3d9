"""What the look promises: few bytes, one dark, no class that the sheets do not know."""

import gzip
import re
from pathlib import Path

import pytest

CSS = ("tokens", "base", "components", "displays")
SHEETS = Path("campus/static/css")
TEMPLATES = sorted(Path("templates").rglob("*.html"))
WEB_TEMPLATES = [path for path in TEMPLATES if not {"mail", "documents"} & set(path.parts)]


def test_the_style_sheets_stay_within_their_budget():
    joined = b"".join((SHEETS / f"{name}.css").read_bytes() for name in CSS)
    assert len(gzip.compress(joined)) <= 15_000


def test_the_style_sheets_of_the_layout_are_all_there_are():
    layout = Path("templates/layout/base.html").read_text(encoding="utf-8")
    assert (
        sorted(re.findall(r"css/(\w+)\.css", layout)) == sorted(CSS) == sorted(path.stem for path in SHEETS.iterdir())
    )


def test_our_own_script_stays_small():
    script = Path("campus/static/js/campus.js").read_bytes()
    assert len(gzip.compress(script)) <= 8_000


def test_both_ways_into_the_dark_have_the_same_colours():
    tokens = (SHEETS / "tokens.css").read_text(encoding="utf-8")
    by_system, by_hand = re.findall(r"color-scheme: dark;(.*?)}", tokens, re.DOTALL)
    assert by_system.split() == by_hand.split()


def test_every_colour_of_the_sheets_comes_from_the_tokens():
    for name in ("components", "displays"):
        sheet = (SHEETS / f"{name}.css").read_text(encoding="utf-8")
        assert set(re.findall(r"#[0-9a-f]{3,6}\b(?![^{]*{)", sheet)) <= {"#bccfff", "#10193a", "#fff"}


@pytest.mark.parametrize("path", WEB_TEMPLATES, ids=str)
def test_a_template_uses_only_classes_of_our_own_sheets(path):
    sheets = "".join((SHEETS / f"{name}.css").read_text(encoding="utf-8") for name in CSS)
    known = set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", sheets))
    source = re.sub(r"{[{%#].*?[}%#]}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    used = {
        name for names in re.findall(r' class="([^"]*)"', source) for name in names.split() if not name.endswith("-")
    }
    assert {name for name in used if name.startswith("fr-")} == set()
    assert used - known - {"skills"} == set()
