"""How many rows a page of a list holds: few on a screen, many where a list is read whole into a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PAGE = 25
EVERYTHING = slice(0, 1_000_000)
_asked: ContextVar[int] = ContextVar("rows_a_page", default=0)


def page_size(usual: int = PAGE) -> int:
    """Give the rows of a page: the usual number, or more while a list is read whole."""
    return _asked.get() or usual


def page_slice(page: int) -> slice:
    """Give the rows of a page, the first being 1, as a part of the whole list."""
    return slice(page_size() * (page - 1), page_size() * page)


@contextmanager
def longer_pages(size: int) -> Iterator[None]:
    """Let pages hold so many rows meanwhile."""
    token = _asked.set(size)
    try:
        yield
    finally:
        _asked.reset(token)
