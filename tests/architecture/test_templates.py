"""Templates: nothing undefined, nothing inline, nothing that nobody uses."""

import re
from pathlib import Path

import pytest
from jinja2 import StrictUndefined, meta

from tests.architecture.code import ROOT, files, strings

TEMPLATES = [path for path in files("*.*", "templates") if path.suffix != ".typ"]  # those are typst's
FOLDER = ROOT / "templates"
INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a script without src": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)"),
    "an event attribute": re.compile(r"<[^>{%]*\son[a-z]+\s*="),
    "an address elsewhere": re.compile(r"""(?:src|href)=["'](?:https?:)?//(?!\{)"""),
    "a filter that trusts its input": re.compile(r"\|\s*safe\b"),
}


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _ids(path):
    return path.relative_to(FOLDER).as_posix()


@pytest.fixture(scope="module")
def environment(made_app):
    return made_app.jinja_env


def test_undefined_names_fail(environment):
    assert issubclass(environment.undefined, StrictUndefined)


@pytest.mark.parametrize("path", TEMPLATES, ids=_ids)
def test_a_template_compiles_and_finds_what_it_includes(environment, path):
    parsed = environment.parse(_source(path))
    named = [each for each in meta.find_referenced_templates(parsed) if each]
    assert not [each for each in named if not (FOLDER / each).is_file()]


@pytest.mark.parametrize("path", [each for each in TEMPLATES if each.suffix == ".html"], ids=_ids)
def test_nothing_is_inline(path):
    source = re.sub(r"\{#.*?#\}", "", _source(path), flags=re.DOTALL)
    assert not [what for what, pattern in INLINE.items() if pattern.search(source)]


def test_pages_lie_where_their_endpoint_says():
    written = {
        each
        for path in files("*.py", "campus/web")
        for each in strings(path)
        if re.fullmatch(r"[a-z_]+(?:/[a-z_]+)+\.html", each)
    }
    areas = {path.name for path in (ROOT / "campus/web").iterdir() if path.is_dir()} | {"errors", "layout"}
    assert not [each for each in written if each.split("/")[0] not in areas]


def test_the_word_over_a_column_of_figures_stands_over_the_figures():
    """A head that is a bare word stands on the left; one of figures says `num`, and its word is then its label."""
    bare = re.compile(r"cell\(heads\[\d+\],[^}]*num=true")
    assert [_ids(path) for path in TEMPLATES if bare.search(_source(path))] == []
