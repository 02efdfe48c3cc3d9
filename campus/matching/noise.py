"""What people do to a text before we read it: a slip of the finger, no accents, the other gender's form."""

import random
import re
import unicodedata
from collections.abc import Iterable, Mapping

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONG_ENOUGH = 5
WORD = re.compile(r"[^\W\d_]+")


def with_typo(text: str, seed: int) -> str:
    """Drop all accents of a text and mistype one of its words of at least five letters (one, if there is any).

    A letter after the first is dropped, doubled, swapped with the next, or replaced. The same text and seed
    always give the same slip.
    """
    chance = random.Random(f"{seed}:{text}")  # noqa: S311 (a repeatable draw, not a secret)
    plain = without_accents(text)
    words = [match.span() for match in WORD.finditer(plain) if len(match.group()) >= LONG_ENOUGH]
    if not words:
        return plain
    start, end = chance.choice(words)
    return plain[:start] + _slip(plain[start:end], chance) + plain[end:]


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    before, letter, following, after = word[:at], word[at], word[at + 1], word[at + 2 :]
    other = chance.choice(LETTERS.replace(letter.lower(), ""))
    slips = [following, letter + letter + following, other + following]
    if letter != following:
        slips.append(following + letter)
    return before + chance.choice(slips) + after


def without_accents(text: str) -> str:
    """Drop the accents of a text, letter case kept."""
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


def gender_pairs(titles: Iterable[str]) -> dict[str, str]:
    """Learn, from double titles ("Conducteur / Conductrice de ligne"), which word stands for the other gender's.

    The halves are read word by word where both begin alike and as far as both go; a word with several
    counterparts keeps the most frequent one. The result maps lower-case words both ways.
    """
    counts: dict[str, dict[str, int]] = {}
    for title in titles:
        one, slash, other = title.partition(" / ")
        for mine, theirs in zip(WORD.findall(one.lower()), WORD.findall(other.lower()), strict=False):
            if not slash or mine[:2] != theirs[:2]:
                break
            if mine != theirs:
                _count(counts, mine, theirs)
                _count(counts, theirs, mine)
    return {word: max(sorted(seen), key=seen.__getitem__) for word, seen in counts.items()}


def _count(counts: dict[str, dict[str, int]], word: str, other: str) -> None:
    seen = counts.setdefault(word, {})
    seen[other] = seen.get(other, 0) + 1


def with_other_gender(text: str, pairs: Mapping[str, str]) -> str:
    """Write each word that has another gender's form in that form; the other words stay as they are."""
    return WORD.sub(lambda match: _like(match.group(), pairs.get(match.group().lower(), match.group())), text)


def _like(model: str, word: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
