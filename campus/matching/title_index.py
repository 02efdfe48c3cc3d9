"""Job titles by their words: how alike a question and each title are, a typo or a relative counting in part."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from campus.matching.entries import NO_WORD, Entries
from campus.matching.question import STRANGENESS, Question
from campus.matching.text import title_forms
from campus.matching.vocabulary import Floats, Ints, Rows, Vocabulary

GRAMS = (3, 4, 5)
# What a title is worth whose first word is quite another; and how sharply the nearest titles count when all do.
OTHER_HEAD, SHARPNESS = 0.3, 8.0
SAME_HEAD = 0.9
STRANGE_GRAM = 0.7
Evidence = dict[str, Floats]


def grams_of(words: Sequence[str]) -> list[str]:
    """List the different character n-grams (3 to 5) of words in a row, spaces and ends marked."""
    row = "_" + "_".join(words) + "_"
    return list(dict.fromkeys(row[i : i + size] for size in GRAMS for i in range(len(row) - size + 1)))


class TitleIndex:
    """The titles of each occupation."""

    def __init__(self, titles: Sequence[Sequence[str]], other_words: Iterable[str]) -> None:
        self.titles = list(chain.from_iterable(titles))
        groups = [[title_forms(title) or (NO_WORD,) for title in group] for group in titles]
        self.vocabulary = Vocabulary(chain(chain.from_iterable(chain.from_iterable(groups)), other_words))
        self.entries = Entries(groups, self.vocabulary.number)
        self._heads = np.array([self.vocabulary.number[words[0]] for words in self.entries.words], dtype=np.int32)
        self._sizes = np.array(self.entries.sizes, dtype=np.float32)
        self._characters = _Characters(self.entries.words)

    def numbers(self) -> list[list[int]]:
        """List the words of each title by number."""
        return [[self.vocabulary.number[word] for word in words] for words in self.entries.words]

    def counts(self) -> list[dict[str, float]]:
        """Count the words of each occupation's titles."""
        words, found = iter(self.entries.words), []
        for size in self.entries.sizes:
            counts = Counter(chain.from_iterable(next(words) for _ in range(size)))
            found.append({word: float(count) for word, count in counts.items()})
        return found

    def evidence(self, question: Question) -> tuple[Evidence, Ints]:
        """Tell how each occupation's titles answer a question, and which title of each is the most alike.

        Likeness (0 to 1) is the geometric mean of two shares, words weighted by rarity: how much of the question
        the title answers, and how much of the title the question asks for (a soft cosine). A word that no title
        knows weighs as the rarest, times `STRANGENESS`, times its likeness to the nearest known word.
        """
        entries = self.entries
        weights, near = self._near(question)
        answered = weights @ near / max(float(weights.sum()), 1e-9)
        dense = [self.vocabulary.dense(word) for word in question.words]
        likeness = np.sqrt(answered * entries.asked_share(np.maximum.reduce(dense))).astype(np.float32)
        head = dense[0][self._heads]
        by_sheet = np.maximum.reduceat(near, entries.first, axis=1)
        best, titles = entries.best_of_groups(likeness)
        characters = self._characters.likeness(question.words)
        same_head = np.add.reduceat((head > SAME_HEAD).astype(np.float32), entries.first)
        return {
            "title": best,
            "title_exact": (best > 0.999).astype(np.float32),
            "title_same_head": self._best(likeness * (OTHER_HEAD + (1 - OTHER_HEAD) * head)),
            "title_own": likeness[entries.first],
            "titles_pooled": self.pooled(likeness),
            "titles_words": weights @ by_sheet / max(float(weights.sum()), 1e-9),
            "titles_complements": _share(weights[1:], by_sheet[1:]),
            "titles_head": same_head / self._sizes,
            "characters": self._best(characters),
            "characters_own": characters[entries.first],
            "characters_pooled": self.pooled(characters),
            "many_titles": np.log(self._sizes),
        }, titles

    def pooled(self, scores: Floats) -> Floats:
        """Pool the scores of each occupation's titles: more than the best one when several are near it."""
        return (np.log(np.add.reduceat(np.exp(SHARPNESS * scores), self.entries.first)) / SHARPNESS).astype(np.float32)

    def nearness(self, word: str, title: int) -> float:
        """Tell how alike (0 to 1) a word and the nearest word of one title are."""
        alike = self.vocabulary.dense(word)
        return float(alike[[self.vocabulary.number[one] for one in self.entries.words[title]]].max())

    def _near(self, question: Question) -> tuple[Floats, Floats]:
        """Give what each word of the question weighs, and its likeness to the nearest word of each title."""
        weights, near = [], []
        for word in question.words:
            alike = self.vocabulary.dense(word)
            number = self.vocabulary.number.get(word)
            strange = STRANGENESS * float(alike.max(initial=0.0)) * self.entries.rarest
            weights.append(float(self.entries.rarity[number]) if number is not None else strange)
            near.append(self.entries.nearest(alike))
        return np.array(weights, dtype=np.float32), np.array(near, dtype=np.float32)

    def _best(self, scores: Floats) -> Floats:
        return np.maximum.reduceat(scores, self.entries.first).astype(np.float32)


def _share(weights: Floats, answered: Floats) -> Floats:
    """Give the weighted mean of the rows; ones where nothing is asked."""
    if not len(weights):
        return np.ones(answered.shape[1], dtype=np.float32)
    return (weights @ answered / max(float(weights.sum()), 1e-9)).astype(np.float32)


class _Characters:
    """Titles by their character n-grams: cosine of rarity weights, for compounds and words nobody knows."""

    def __init__(self, titles: Sequence[Sequence[str]]) -> None:
        self._gram: dict[str, int] = {}
        found = [self._numbers(words) for words in titles]
        grams = np.concatenate(found) if found else np.zeros(0, dtype=np.int32)
        title_of = np.repeat(np.arange(len(found), dtype=np.int32), [len(each) for each in found])
        self._count = len(titles)
        frequency = np.bincount(grams, minlength=len(self._gram))
        self._rarity = np.log(1 + len(titles) / np.maximum(frequency, 1)).astype(np.float32)
        weights = self._rarity[grams] ** 2
        norm = np.sqrt(np.bincount(title_of, weights=weights, minlength=len(titles)) + 1e-9)
        self._rows = Rows(grams, title_of, (weights / norm[title_of]).astype(np.float32), count=len(self._gram))

    def _numbers(self, words: Sequence[str]) -> Ints:
        return np.array([self._gram.setdefault(gram, len(self._gram)) for gram in grams_of(words)], dtype=np.int32)

    def likeness(self, words: Sequence[str]) -> Floats:
        """Give the cosine (0 to 1) of each title with these words."""
        scores = np.zeros(self._count, dtype=np.float32)
        square, strange = 1e-9, STRANGE_GRAM * math.log(1 + self._count)
        for gram in grams_of(words):
            number = self._gram.get(gram)
            if number is None:
                square += strange**2
                continue
            titles, weights = self._rows.of(number)
            scores[titles] += weights
            square += float(self._rarity[number]) ** 2
        return scores / np.float32(math.sqrt(square))
