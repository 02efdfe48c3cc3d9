"""Reading the repository's own code."""

from __future__ import annotations

import ast
import functools
import subprocess
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def files(pattern: str, *folders: str) -> tuple[Path, ...]:
    """List the files of some folders, caches and third-party files left out."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(pattern))
    return tuple(sorted(path for path in found if not {"vendor", "__pycache__", "node_modules"} & set(path.parts)))


@functools.cache
def tracked() -> tuple[str, ...]:
    """List what is committed or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(name for name in listed.splitlines() if (ROOT / name).is_file())


def name(path: Path) -> str:
    """Give a file's name inside the repository."""
    return path.relative_to(ROOT).as_posix()


class Function(NamedTuple):
    """What the rules ask of a function: where it stands, how long it is, and how it is called."""

    name: str
    line: int
    length: int
    positional: int
    decorated: bool


class Written(NamedTuple):
    """What the rules ask of a file. Its syntax tree is let go: millions of nodes kept would slow every later test."""

    functions: tuple[Function, ...]
    packages: frozenset[str]
    strings: frozenset[str]


@functools.cache
def read(path: Path) -> Written:
    """Parse a file once for all rules."""
    functions, packages, strings = [], set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions.append(_function(node))
        elif isinstance(node, ast.Import):
            packages |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            packages.add(node.module.split(".")[0])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            strings.add(node.value)
    return Written(tuple(functions), frozenset(packages), frozenset(strings))


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Function:
    names = [each.arg for each in node.args.posonlyargs + node.args.args if each.arg not in {"self", "cls"}]
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    return Function(node.name, node.lineno, length, len(names), bool(node.decorator_list))


def functions(path: Path) -> tuple[Function, ...]:
    """List the functions and methods of a file."""
    return read(path).functions


def imported(path: Path) -> frozenset[str]:
    """Name the top-level packages that a file imports."""
    return read(path).packages


def strings(path: Path) -> frozenset[str]:
    """List the texts written in a file, pieces of f-strings included."""
    return read(path).strings
