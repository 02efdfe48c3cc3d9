"""The words of a text that led to something, put together as a person would quote them."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_WORDS = 2
Place = tuple[int, int]
BETWEEN_WORDS = re.compile(r"[ '’,/()-]{1,3}(?:(?:de|du|des|d|la|le|les|l|et|en|à|a|au|aux|sur|par)[ '’]{1,2}){0,2}")


def together(text: str, spans: Iterable[Place]) -> tuple[Place, ...]:
    """Join the words of a text that are neighbours into runs (start, end)."""
    runs: list[list[int]] = []
    for start, end in sorted(spans):
        if runs and (start <= runs[-1][1] or BETWEEN_WORDS.fullmatch(text[runs[-1][1] : start])):
            runs[-1][1] = max(end, runs[-1][1])
        else:
            runs.append([start, end])
    return tuple((start, end) for start, end in runs)


def quoted(text: str, runs: Iterable[Place]) -> tuple[str, ...]:
    """Quote the runs of a text, the longest first."""
    said = dict.fromkeys(" ".join(text[start:end].split()) for start, end in runs)
    return tuple(sorted(said, key=len, reverse=True))[:MOST_WORDS]


def passages(text: str, runs: Iterable[Place]) -> list[tuple[str, bool]]:
    """Cut a text into pieces, each with whether a run points at it; put together they are the text."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(runs):
        if end > at:
            first = max(start, at)
            pieces += [(text[at:first], False), (text[first:end], True)]
            at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]
