"""Templates and macros that nobody uses any more have no place here.

Run by its name, `pytest tests/architecture/unused.py`, until the pages are all there; then it is test_unused.py.
"""

import re
from pathlib import Path

from jinja2 import meta

from tests.architecture.code import ROOT, files, strings

TEMPLATES = [path for path in files("*.*", "templates") if path.suffix != ".typ"]  # those are typst's
FOLDER = ROOT / "templates"


def _id(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def _source(path: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_every_template_is_used(made_app):
    parse = made_app.jinja_env.parse
    used = set()
    for path in TEMPLATES:
        used |= {each for each in meta.find_referenced_templates(parse(_source(path))) if each}
    for path in files("*.py", "campus"):
        used |= {each for each in strings(path) if each.endswith((".html", ".txt"))}
        used |= _patterns(path)
    unused = [_id(path) for path in TEMPLATES if _id(path) not in used and not _is_error_page(path)]
    assert not unused


def test_every_macro_is_used():
    sources = {path: _source(path) for path in TEMPLATES}
    unused = []
    for path, source in sources.items():
        for macro in re.findall(r"\{%-?\s*macro\s+(\w+)\s*\(", source):
            calls = sum(len(re.findall(rf"\b{macro}\s*\(", each)) for each in sources.values())
            if calls < 2 and not macro.startswith("_"):
                unused.append(f"{_id(path)}: {macro}")
    assert not unused


def _is_error_page(path: Path) -> bool:
    """Error pages are named by the status that they answer; their table is in campus/web/errors.py."""
    return path.parent == FOLDER / "errors" and f'"{path.stem}"' in (ROOT / "campus/web/errors.py").read_text()


def _patterns(path: Path) -> set[str]:
    """A template whose folder is written and whose name is computed: `f"mail/{kind}.txt"` uses all of mail/."""
    computed = r"""f["']([a-z_/]+/)\{[^}]+\}((?:\.[a-z]+)*\.(?:html|txt))["']"""
    found = re.findall(computed, path.read_text(encoding="utf-8"))
    names = [_id(each) for each in TEMPLATES]
    return {each for each in names if any(each.startswith(start) and each.endswith(end) for start, end in found)}
