"""Job titles by their words: how alike a query and each title are, a typo or a relative counting in part."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from campus.matching.entries import NO_WORD, Entries
from campus.matching.text import title_forms
from campus.matching.vocabulary import Floats, Ints, Vocabulary


class TitleIndex:
    """The titles of each occupation."""

    def __init__(self, titles: Sequence[Sequence[str]], other_words: Iterable[str]) -> None:
        self.titles = list(chain.from_iterable(titles))
        groups = [[title_forms(title) or (NO_WORD,) for title in group] for group in titles]
        self.vocabulary = Vocabulary(chain(chain.from_iterable(chain.from_iterable(groups)), other_words))
        self._entries = Entries(groups, self.vocabulary.number)

    def counts(self) -> list[dict[str, float]]:
        """Count the words of each occupation's titles."""
        words, found = iter(self._entries.words), []
        for size in self._entries.sizes:
            counts = Counter(chain.from_iterable(next(words) for _ in range(size)))
            found.append({word: float(count) for word, count in counts.items()})
        return found

    def best(self, words: Sequence[str], strangeness: float) -> tuple[Floats, Ints]:
        """Give, for each occupation, the likeness (0 to 1) of its most alike title, and that title's number.

        Likeness is the geometric mean of two shares, words weighted by rarity: how much of the query the
        title answers, and how much of the title the query asks for (a soft cosine). A word that no title
        knows weighs as the rarest, times `strangeness`, times its likeness to the nearest known word.
        """
        entries = self._entries
        answered = np.zeros(len(self.titles), dtype=np.float32)
        nearest = np.zeros(len(self.vocabulary.words), dtype=np.float32)
        total = 1e-9
        for word in words:
            alike = self.vocabulary.dense(word)
            number = self.vocabulary.number.get(word)
            strange = strangeness * float(alike.max(initial=0.0)) * entries.rarest
            weight = float(entries.rarity[number]) if number is not None else strange
            answered += np.float32(weight) * entries.nearest(alike)
            total += weight
            np.maximum(nearest, alike, out=nearest)
        likeness = np.sqrt(answered / np.float32(total) * entries.asked_share(nearest))
        return entries.best_of_groups(likeness)

    def nearness(self, word: str, title: int) -> float:
        """Tell how alike (0 to 1) a word and the nearest word of one title are."""
        alike = self.vocabulary.dense(word)
        wanted = [self.vocabulary.number[one] for one in self._entries.words[title]]
        return float(alike[wanted].max())
