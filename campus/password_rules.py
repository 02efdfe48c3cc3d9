"""Which passwords are refused: too short, too long, or made of what is tried first.

No rule of composition (NIST SP 800-63B-4, section 3.1.1.2; ASVS 5.0, 6.2): length counts, and whatever everybody
tries first counts for next to nothing, however often it is repeated: common words, runs of keys or of the alphabet,
years, the words of this service and of the person.
"""

from __future__ import annotations

import enum
import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

SHORTEST, LONGEST = 15, 128
LIGHTEST = 8
CONTEXT = ("campus", "chartres", "metropole", "eureetloir", "formation", "besoin", "cosmetic", "valley", "polepharma")
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1a2z3e4r5t6y7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "aqwzsxedcrfvtgbyhnujikolpm",
    "qazwsxedcrfvtgbyhnujmikolp",
)
SHORTEST_RUN = 3
LEET = str.maketrans("013457@$!", "oieastasi")
YEAR = re.compile(r"(?:19|20)\d\d")
SAME = re.compile(r"(.)\1{2,}")


class Weakness(enum.StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    GUESSABLE = "guessable"


def weakness_of(password: str, about: Iterable[str] = ()) -> Weakness | None:
    """Tell why a password must be refused, if it must; `about` is what is known of the person and their firm."""
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    words = known_words(tuple(about))
    plain = _plain(password)
    weight = min(_weight(_unrepeated(text), words) for text in (plain, plain.translate(LEET)))
    return Weakness.GUESSABLE if weight < LIGHTEST else None


@functools.lru_cache(maxsize=256)
def known_words(about: tuple[str, ...]) -> frozenset[str]:
    """Gather the words that are worth a single character."""
    own = {piece for text in about for piece in re.split(r"[^a-z0-9]+", _plain(text)) if len(piece) > 2}
    return _common() | own | {_plain(text) for text in about} | set(CONTEXT)


@functools.cache
def _common() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())


def _plain(text: str) -> str:
    """Drop accents and case."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def _unrepeated(text: str) -> str:
    """Keep one copy of a text that only repeats itself."""
    for size in range(1, len(text) // 2 + 1):
        if (text[:size] * (len(text) // size + 1))[: len(text)] == text:
            return text[:size]
    return text


def _weight(text: str, words: frozenset[str]) -> int:
    """Count the characters, each guessable piece as one; take the reading that leaves the least."""
    lightest = [0] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        ends = (start + 1, *_guessable_ends(text, start, words))
        lightest[start] = 1 + min(lightest[end] for end in ends)
    return lightest[0]


def _guessable_ends(text: str, start: int, words: frozenset[str]) -> Iterable[int]:
    for pattern in (YEAR, SAME):
        if found := pattern.match(text, start):
            yield found.end()
    longest = max(map(len, words))
    for end in range(start + SHORTEST_RUN, min(len(text), start + longest) + 1):
        piece = text[start:end]
        if piece in words or _is_run(piece):
            yield end


def _is_run(piece: str) -> bool:
    return any(piece in run for run in itertools.chain(RUNS, (run[::-1] for run in RUNS)))
