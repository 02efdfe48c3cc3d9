"""A job title that is asked about: its words in order, and the words and stems of the referential near each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from campus.matching.companions import COMPANIONS, with_companions
from campus.matching.stems import stem
from campus.matching.vocabulary import Floats, Ints, Vocabulary

# From this likeness on, a word stands in part for one that it looks like; the square of the likeness is its part.
LEAST_STAND_IN, LEAST_POINT = 0.45, 0.5
# What a word that nobody knows weighs: as the rarest one, times this, times its likeness to the nearest known word.
STRANGENESS = 0.5


@dataclass(frozen=True, slots=True)
class Stand:
    """A stem of the referential that stands for a word of the question, and for how much of it (0 to 1)."""

    stem: int
    part: float


class Stems:
    """The stems of a vocabulary, by number."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.number: dict[str, int] = {}
        self.of_word = np.array(
            [self.number.setdefault(stem(word), len(self.number)) for word in vocabulary.words], dtype=np.int32
        )

    def __len__(self) -> int:
        """Count the stems."""
        return len(self.number)

    def bag(self, counts: Mapping[int, float]) -> dict[int, float]:
        """Add up the counts of words (by number) by stem."""
        found: dict[int, float] = {}
        for word, count in counts.items():
            number = int(self.of_word[word])
            found[number] = found.get(number, 0.0) + count
        return found

    def different(self, words: Iterable[int]) -> list[int]:
        """List the different stems of words given by number, in order of appearance."""
        return list(dict.fromkeys(self.of_word[list(words)].tolist()))

    def stand_for(self, word: str) -> Stand | None:
        """Find the stem that a word has or, where the referential has none such, that of its best look-alike."""
        number = self.number.get(stem(word))
        if number is not None:
            return Stand(number, 1.0)
        numbers, likeness = self.vocabulary.alike(word)
        if not len(numbers) or likeness.max() <= LEAST_STAND_IN:
            return None
        best = int(likeness.argmax())
        return Stand(int(self.of_word[numbers[best]]), float(likeness[best]) ** 2)


class Question:
    """The words of a title (one form each, slips mended, companions before, each once), and what stands for them."""

    def __init__(self, words: Sequence[str], stems: Stems) -> None:
        self.vocabulary = stems.vocabulary
        known = (word if word in COMPANIONS else self.vocabulary.meant(word) for word in with_companions(words))
        self.words = tuple(dict.fromkeys(known))
        self.stands = [stems.stand_for(word) for word in self.words]

    def __len__(self) -> int:
        """Count the words."""
        return len(self.words)

    def known(self) -> Iterator[Stand]:
        """Iterate over what stands for the words, in order."""
        return (stand for stand in self.stands if stand)

    def as_stems(self) -> list[tuple[Ints, Floats]]:
        """Give the stems as BM25 takes them: one stem and its part for each word."""
        return [
            (np.array([stand.stem], dtype=np.int32), np.array([stand.part], dtype=np.float32)) for stand in self.known()
        ]

    def as_words(self) -> list[tuple[Ints, Floats]]:
        """Give the words as BM25 takes them: for each, the words it looks like and their parts."""
        found = []
        for word in self.words:
            numbers, likeness = self.vocabulary.alike(word)
            near = likeness >= LEAST_POINT
            found.append((numbers[near], likeness[near] ** 2))
        return found
