"""Texts typed in Markdown as values of a document: lines, and in them what is strong or stressed.

Only that much of Markdown has a meaning on paper. Everything else, and whatever looks like typst or HTML, is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from campus.exchange.pdf.papers import Line, Run

ITEM = ("- ", "* ", "+ ", "• ")
HEADING = re.compile(r"#{1,6}\s+")
_inline = MarkdownIt("commonmark").disable(
    ["autolink", "backticks", "entity", "escape", "html_inline", "image", "link"]
)


def lines_of(text: str) -> tuple[Line, ...]:
    """Split a text typed in a form into paragraphs and items of lists; blank lines go."""
    return tuple(Line(said, item=item) for said, item in _split(text))


def prose_of(text: str) -> tuple[Line, ...]:
    """Split a text typed in Markdown like any text, and find in each line what is strong or stressed."""
    return tuple(_styled(said, item) for said, item in _split(text))


def _split(text: str) -> Iterator[tuple[str, bool]]:
    for each in filter(None, map(str.strip, text.splitlines())):
        item = each.startswith(ITEM)
        yield (each[2:].strip() if item else each), item


def _styled(said: str, item: bool) -> Line:
    heading = HEADING.match(said)
    runs = tuple(_runs(said[heading.end() :] if heading else said, strong=bool(heading)))
    plain = "".join(each.text for each in runs)
    return Line(plain, item=item, runs=runs if any(each.strong or each.stressed for each in runs) else ())


def _runs(said: str, *, strong: bool) -> Iterator[Run]:
    depth = {"strong": int(strong), "em": 0}
    for token in _tokens(_inline.parseInline(said)):
        name, _, turn = token.type.rpartition("_")
        if name in depth:
            depth[name] += 1 if turn == "open" else -1
        elif token.content:
            yield Run(token.content, strong=depth["strong"] > 0, stressed=depth["em"] > 0)


def _tokens(found: Iterable[Token]) -> Iterator[Token]:
    return (child for each in found for child in each.children or ())
