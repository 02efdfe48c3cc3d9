"""Character trigrams by number, so that two wordings are compared by arrays."""

from __future__ import annotations

from campus.matching.gender import one_form
from campus.matching.text import STOP_WORDS, WORD, fold


class Grams:
    """The trigrams of words, numbered as they come; each word is cut once."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._words: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._number)

    def of(self, text: str) -> list[int]:
        """List the different trigrams of a text's meaningful words: those of `text.trigrams`, as numbers."""
        known = self._words
        words = [known[word] if word in known else self._cut(word) for word in WORD.findall(fold(text))]
        return list(set().union(*words))

    def _cut(self, word: str) -> tuple[int, ...]:
        padded = f"_{one_form(word)}_"
        cut = dict.fromkeys(padded[i : i + 3] for i in range(len(padded) - 2))
        if word in STOP_WORDS or word.isdigit():
            cut = {}
        numbers = self._words[word] = tuple(self._number.setdefault(one, len(self._number)) for one in cut)
        return numbers
