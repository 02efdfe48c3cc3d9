"""Which characters the fonts inside typst can print: an accessible PDF may not hold one that they cannot.

A character without a glyph is printed as its code point, "[U+1F600]": nothing typed is lost, and nothing stops the
document. The ranges of glyphs.txt were measured by `python -m tests.exchange.glyphs`, and a test prints them all.
"""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from importlib import resources

# What Libertinus Serif alone prints, whatever stands beside it.
PLAIN = re.compile("[^\n\t\u0020-\u007e\u00a0-\u017f\u2010-\u2026\u202f\u20ac]")
BREAKS = {"\n", "\t", "\r"}


@functools.cache
def ranges() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Read the first and the last code point of each printable range."""
    text = resources.files(__package__).joinpath("glyphs.txt").read_text(encoding="ascii")
    pairs = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return tuple(int(first, 16) for first, _last in pairs), tuple(int(last, 16) for _first, last in pairs)


def has_glyph(character: str) -> bool:
    """Tell whether a character can be printed on its own."""
    firsts, lasts = ranges()
    place = bisect.bisect_right(firsts, ord(character)) - 1
    return place >= 0 and ord(character) <= lasts[place]


@functools.lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """Put its code point in the place of each character that no font can print."""
    return "".join(each if each in BREAKS or has_glyph(each) else code_point(each) for each in text)


def plain(text: str) -> str:
    """Keep only what one font prints alone: marks that stand on letters of another script have no glyph together."""
    return PLAIN.sub(lambda found: code_point(found.group()), unicodedata.normalize("NFC", text))


def code_point(character: str) -> str:
    """Write a character as its code point; a control character says nothing and goes."""
    return "" if unicodedata.category(character) == "Cc" else f"[U+{ord(character):04X}]"
