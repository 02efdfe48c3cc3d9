"""Addresses of lists: the same page with something changed, and the links between pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from flask import request, url_for

from campus.queries.paging import page_size, page_slice

AROUND = 1
E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


def page_asked() -> int:
    """Read the number of the page asked for; anything odd is the first."""
    asked = request.args.get("page", "")
    return int(asked) if asked.isdecimal() and 0 < int(asked) < 100_000 else 1


def words_asked() -> str:
    """Read the words that a list is searched for."""
    return request.args.get("q", "").strip()


def kind_asked(kind: type[E], name: str = "etat") -> E | None:
    """Read which of several kinds a list is narrowed to; anything odd is all of them."""
    asked = request.args.get(name, "")
    return kind(asked) if asked in list(kind) else None


def address(**changes: Any) -> str:
    """Give the address of this list with some answers changed; None leaves one out, and pages start over."""
    kept = {name: value for name, value in request.args.items() if value and name != "page"}
    merged = {**(request.view_args or {}), **kept, **changes}
    return url_for(request.endpoint or "", **{name: value for name, value in merged.items() if value is not None})


def one_page(found: Sequence[T], page: int) -> Sequence[T]:
    """Give one page of what was found."""
    return found[page_slice(page)]


def page_links(page: int, total: int, *, size: int = 0) -> dict[str, Any]:
    """Give what the macro `pages` asks for: the numbers around the page with their addresses, and the next one."""
    last = max(1, math.ceil(total / (size or page_size())))
    near = {1, last, *range(max(1, page - AROUND), min(last, page + AROUND) + 1)}
    links: list[tuple[int | None, str]] = []
    before = 0
    for number in sorted(near):
        if number - before > 1:
            links.append((None, ""))
        links.append((number, "" if number == page else address(page=number)))
        before = number
    return {"links": links, "following": address(page=page + 1) if page < last else ""}
