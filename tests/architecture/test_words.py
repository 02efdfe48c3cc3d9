"""Words and names that the house does not use, and promises that its papers make."""

import re

from tests.architecture.code import ROOT, files, name, tracked

VAGUE = {"helpers", "helper", "utils", "util", "manager", "managers", "common", "misc", "shared", "stuff"}
# The French State's own design system is not ours to wear; nor do its classes belong here.
STATE_CLASS = re.compile(r"""["'\s.]fr-(?!FR)[a-z]""")
# Put together here, so that this file does not find itself.
MARKS = re.compile("|".join(["TO" + "DO", "FIX" + "ME", r"\bX" + "XX\\b"]))
SKIPS = re.compile(r"pytest\.skip\(\s*\)|mark\.(?:skip|xfail)\b(?!if)(?!.*reason=)")
NOQA = re.compile(r"# noqa(?!: [A-Z]+\d+(?:, ?[A-Z]+\d+)* \(.+\))")
BINARY = {".png", ".jpg", ".jpeg", ".ico", ".xlsx", ".zip", ".gz", ".pdf"}


def _texts():
    for each in tracked():
        path = ROOT / each
        if path.suffix not in BINARY and not each.endswith((".lock", "package-lock.json")):
            yield each, path.read_text(encoding="utf-8")


def _lines(pattern, *, only=""):
    return [
        f"{each}:{number} {line.strip()[:90]}"
        for each, text in _texts()
        if each.endswith(only or "") and each != name(ROOT / "tests/architecture/test_words.py")
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_each_module_is_named_by_what_it_does():
    assert not [name(path) for path in files("*.py", "campus", "tests") if path.stem in VAGUE]


def test_no_class_of_the_state_design_system():
    wearing = [
        name(path)
        for path in (*files("*.html", "templates"), *files("*.css", "campus/static"), *files("*.js", "campus/static"))
        if STATE_CLASS.search(path.read_text(encoding="utf-8"))
    ]
    assert not wearing


def test_nothing_is_left_to_do():
    assert not _lines(MARKS, only=".py") + _lines(MARKS, only=".html")


def test_a_test_is_skipped_only_with_its_reason():
    assert not _lines(SKIPS, only=".py")


def test_the_linter_is_silenced_only_with_a_reason():
    assert not _lines(NOQA, only=".py")


def test_no_file_of_dependencies_names_a_registry():
    locks = [ROOT / each for each in tracked() if each.endswith((".lock", "package-lock.json", "package.json"))]
    assert not [name(path) for path in locks if re.search(r"https?://", path.read_text(encoding="utf-8"))]


def test_the_commands_of_the_readme_are_those_of_make():
    made = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`?\bmake ([a-z][a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"demo", "test"} <= named <= made


def test_the_papers_name_only_files_that_exist():
    papers = [path for path in (ROOT / "README.md", *files("*.md", "docs")) if path.exists()]
    broken = [
        f"{name(paper)}: {target}"
        for paper in papers
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", paper.read_text(encoding="utf-8"))
        if not (paper.parent / target).exists()
    ]
    assert not broken
