"""Sizes that good houses keep: splitting by meaning is the answer, not a waiver."""

import pytest

from tests.architecture.code import files, functions, name

FUNCTION, MOST_FUNCTIONS, SHARE = 40, 30, 0.95
LIMITS = {"campus": 300, "tests": 400}
# A command's options are read by click as keywords; a fixture or a test asks for what it needs by name.
POSITIONAL = 3


@pytest.mark.parametrize("folder", LIMITS)
def test_no_file_is_too_long(folder):
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files("*.py", folder)}
    assert not {path: count for path, count in lines.items() if count > LIMITS[folder]}


def test_no_template_is_too_long():
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files("*.html", "templates")}
    assert not {path: count for path, count in lines.items() if count > LIMITS["campus"]}


def test_no_function_is_too_long():
    long = [
        f"{name(path)}:{each.line} {each.name} ({each.length} lines)"
        for path in files("*.py", "campus", "tests")
        for each in functions(path)
        if each.length > FUNCTION
    ]
    assert not long


def test_nearly_all_functions_are_short():
    sizes = [each.length for path in files("*.py", "campus") for each in functions(path)]
    short = sum(size <= MOST_FUNCTIONS for size in sizes)
    assert short >= SHARE * len(sizes), f"{short} of {len(sizes)} functions have at most {MOST_FUNCTIONS} lines"


def test_arguments_beyond_three_are_keywords():
    crowded = [
        f"{name(path)}:{each.line} {each.name}"
        for path in files("*.py", "campus")
        for each in functions(path)
        if each.positional > POSITIONAL and not each.decorated and not each.name.startswith("__")
    ]
    assert not crowded
