"""Every address that a template or the code builds: the endpoint is there, and so is each of its arguments.

A page answers 500 where one is wrong, and only there: this reads all of them without opening a page. An endpoint that
begins with a dot is one of the page's own blueprint; a template belongs to the blueprint of its folder.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from jinja2 import nodes

from tests.architecture.code import ROOT, files, name, strings

TEMPLATES = ROOT / "templates"
WEB = ROOT / "campus/web"
OWN = {"_anchor", "_external", "_method", "_scheme"}  # what Flask takes for itself


class Link(NamedTuple):
    """An address that is built somewhere: where, its endpoint, the values given, and whether there may be more."""

    where: str
    endpoint: str
    given: frozenset[str]
    open: bool


def _links_of_template(environment, path: Path) -> Iterator[Link]:
    folder = path.relative_to(TEMPLATES).parent.parts
    for call in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in {"url_for", "address"} and call.args:
            given = frozenset(each.key for each in call.kwargs)
            for endpoint in _said(call.args[0]):
                yield Link(
                    f"{name(path)}:{call.lineno}", _whole(endpoint, ".".join(folder)), given, bool(call.dyn_kwargs)
                )


def _said(node: nodes.Node) -> list[str]:
    """List the endpoints that an expression may stand for; those of a variable are written elsewhere."""
    if isinstance(node, nodes.Const):
        return [node.value]
    if isinstance(node, nodes.CondExpr):
        return [*_said(node.expr1), *(_said(node.expr2) if node.expr2 else [])]
    return []


def _links_of_module(path: Path) -> Iterator[Link]:
    for call in ast.walk(_tree(path)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "url_for" and call.args:
            given = frozenset(each.arg for each in call.keywords if each.arg)
            more = any(each.arg is None for each in call.keywords)
            if isinstance(call.args[0], ast.Constant):
                for own in _owners(path):
                    yield Link(f"{name(path)}:{call.lineno}", _whole(call.args[0].value, own), given, more)


@functools.cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _owners(path: Path) -> list[str]:
    """Name the blueprint that a module makes; else those of the modules that lean on it, or none."""
    if own := _blueprint(path):
        return [own]
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    users = [each for each in files("*.py", "campus/web") if _blueprint(each) and module in _imports(each)]
    return [_blueprint(each) for each in users] or [""]


def _blueprint(path: Path) -> str:
    for node in _tree(path).body:
        made = node.value if isinstance(node, ast.Assign) else None
        if isinstance(made, ast.Call) and isinstance(made.func, ast.Name) and made.func.id == "Blueprint":
            return ".".join((*path.relative_to(WEB).parent.parts, made.args[0].value))
    return ""


@functools.cache
def _imports(path: Path) -> frozenset[str]:
    return frozenset(node.module or "" for node in _tree(path).body if isinstance(node, ast.ImportFrom))


def _whole(endpoint: str, own: str) -> str:
    return f"{own}{endpoint}" if endpoint.startswith(".") else endpoint


@pytest.fixture(scope="module")
def links(made_app):
    """Every address that is built with an endpoint written out."""
    templates = [path for path in files("*.*", "templates") if path.suffix in {".html", ".txt"}]
    found = [each for path in templates for each in _links_of_template(made_app.jinja_env, path)]
    return found + [each for path in files("*.py", "campus/web") for each in _links_of_module(path)]


@pytest.fixture(scope="module")
def rules(made_app):
    """The routes by endpoint: of each, the arguments it cannot do without, and all."""
    found = {}
    for rule in made_app.url_map.iter_rules():
        needed = frozenset(rule.arguments) - frozenset(rule.defaults or ())
        found.setdefault(rule.endpoint, []).append((needed, frozenset(rule.arguments)))
    return found


def test_there_are_addresses_to_check(links):
    assert len(links) > 500


def test_each_address_has_its_endpoint(links, rules):
    wrong = [f"{each.where}: {each.endpoint}" for each in links if each.endpoint not in rules]
    assert not wrong, "\n".join(wrong)


def test_each_address_is_given_what_its_route_needs(links, rules):
    wrong = [
        f"{each.where}: {each.endpoint} needs {[sorted(needed) for needed, _all in rules[each.endpoint]]}"
        for each in links
        if each.endpoint in rules and not each.open and not _suffices(each, rules[each.endpoint])
    ]
    assert not wrong, "\n".join(wrong)


def _suffices(link: Link, routes: list) -> bool:
    return any(needed <= link.given for needed, _all in routes)


def test_what_an_address_carries_besides_is_read_somewhere(links, rules):
    known = frozenset().union(*(strings(path) for path in files("*.py", "campus/web")))
    wrong = [
        f"{each.where}: {each.endpoint} carries {said}, which no page reads"
        for each in links
        for said in sorted(each.given - OWN)
        if not any(said in taken for _needed, taken in rules.get(each.endpoint, ())) and said not in known
    ]
    assert not wrong, "\n".join(wrong)


def test_endpoints_that_are_handed_over_by_name_are_there(rules):
    areas = {endpoint.split(".")[0] for endpoint in rules if endpoint.count(".") == 2}
    named = re.compile(rf"(?:{'|'.join(sorted(areas))})\.[a-z_]+\.[a-z_]+")
    written = {(name(path), each) for path in files("*.py", "campus/web") for each in strings(path)}
    quoted = re.compile(rf"""["']({named.pattern})["']""")
    for path in files("*.html", "templates"):
        written |= {(name(path), each) for each in quoted.findall(path.read_text(encoding="utf-8"))}
    wrong = [f"{where}: {each}" for where, each in sorted(written) if named.fullmatch(each) and each not in rules]
    assert not wrong, "\n".join(wrong)


def test_a_template_with_addresses_of_its_own_is_shown_by_its_own_blueprint(made_app):
    wrong = []
    for path in files("*.py", "campus/web"):
        own = _blueprint(path)
        for shown in strings(path):
            source = TEMPLATES / shown
            if shown.endswith(".html") and source.is_file() and ".".join(Path(shown).parent.parts) != own:
                wrong += [f"{name(path)} shows {shown}, which has {each}" for each in _dotted(source)]
    assert not wrong, "\n".join(wrong)


def _dotted(path: Path) -> list[str]:
    return re.findall(r"""url_for\(["'](\.[a-z_]+)""", path.read_text(encoding="utf-8"))
