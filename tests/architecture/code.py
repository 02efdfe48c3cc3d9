"""Reading the repository's own code."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef


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


@functools.cache
def tree(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """List the functions and methods of a file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: Function) -> int:
    """Count the lines of a function, from its signature to its last line."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def imported(path: Path) -> set[str]:
    """Name the top-level packages that a file imports."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def strings(path: Path) -> set[str]:
    """List the texts written in a file, pieces of f-strings included."""
    constants = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Constant))
    return {each.value for each in constants if isinstance(each.value, str)}
