"""What speaks for each occupation when a job title is asked about: measures of several kinds, side by side.

Each measure is an array with one number for each occupation. How they are weighed is learnt (see `learning`).
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from campus.matching.entries import starts_of
from campus.matching.meanings import Meanings, directions
from campus.matching.question import Question, Stems
from campus.matching.text import forms
from campus.matching.title_index import Evidence, TitleIndex
from campus.matching.values import Id
from campus.matching.vocabulary import Bm25, Floats, Ints, Rows

CORE, ORDINARY, IN_DEFINITION, IN_KNOWLEDGE = 2.0, 1.0, 2.0, 0.5
DOMAIN_SHARPNESS = 10.0


class OccupationRow(NamedTuple):
    """One occupation as plain values.

    `skills` holds (skill id, label, core); `reached_from` counts the occupations whose people move to it.
    """

    id: Id
    code: str
    label: str
    parent_code: str | None
    titles: Sequence[str]
    definition: str
    skills: Sequence[tuple[Id, str, bool]]
    knowledge: Sequence[str] = ()
    reached_from: int = 0


class Sheets:
    """The sheets of the referential, in every way that a question is compared with them."""

    def __init__(self, rows: Sequence[OccupationRow]) -> None:
        labels = {skill_id: label for row in rows for skill_id, label, _ in row.skills}
        words = {skill_id: forms(label) for skill_id, label in labels.items()}
        texts = [_text_counts(row, words) for row in rows]
        learnt = [_counts(chain.from_iterable(map(forms, row.knowledge)), IN_KNOWLEDGE) for row in rows]
        titles = [list(dict.fromkeys([row.label, *row.titles])) for row in rows]
        self.titles = TitleIndex(titles, chain.from_iterable([*texts, *learnt]))
        self.stems = Stems(self.titles.vocabulary)
        self._words_index(texts, learnt)
        self._skills = _SkillLabels(rows, words, self.stems)
        self._families = _Families(rows)
        self._heads = _Heads(self.titles, self.stems)

    def _words_index(self, texts: list[dict[str, float]], learnt: list[dict[str, float]]) -> None:
        number = self.titles.vocabulary.number
        by_titles, by_texts, by_learnt = (
            [{number[word]: count for word, count in bag.items()} for bag in bags]
            for bags in (self.titles.counts(), texts, learnt)
        )
        words, stems = len(number), len(self.stems)
        entries = [self.stems.different(title) for title in self.titles.numbers()]
        title_stems = [self.stems.bag(bag) for bag in by_titles]
        text_stems = [self.stems.bag(_sum(*pair)) for pair in zip(by_texts, by_learnt, strict=True)]
        self.title_words = Bm25(by_titles, words, b=0.3)
        self.text_words = Bm25(by_texts, words)
        self._knowledge_words = Bm25(by_learnt, words)
        self._title_stems = Bm25(title_stems, stems, b=0.3)
        self.meanings = Meanings(title_stems, text_stems, entries, size=stems)

    def evidence(self, question: Question) -> tuple[Evidence, Ints]:
        """Measure what speaks for each occupation, and give the number of its title nearest to the question."""
        found, nearest = self.titles.evidence(question)
        found |= self._by_words(question)
        found |= self._by_meaning(question)
        found |= self._skills.evidence(question)
        found |= self._heads.evidence(question)
        found |= self._families.evidence(found)
        return found, nearest

    def _by_words(self, question: Question) -> Evidence:
        """Measure by BM25, a word at a time on average; beside it, as a share of the best sheet's."""
        words, stems, size = question.as_words(), question.as_stems(), np.float32(max(1, len(question)))
        in_titles, in_texts = self.title_words.scores(words) / size, self.text_words.scores(words) / size
        return {
            "bm25_titles": in_titles,
            "bm25_titles_share": in_titles / max(float(in_titles.max()), 1e-6),
            "bm25_texts": in_texts,
            "bm25_texts_share": in_texts / max(float(in_texts.max()), 1e-6),
            "bm25_knowledge": self._knowledge_words.scores(words) / size,
            "bm25_title_stems": self._title_stems.scores(stems) / size,
        }

    def _by_meaning(self, question: Question) -> Evidence:
        whole, head, others, titles = self.meanings.near(question)
        return {
            "meaning": whole,
            "meaning_head": head,
            "meaning_complements": others,
            "meaning_title": np.maximum.reduceat(titles, self.titles.entries.first),
            "meaning_titles_pooled": self.titles.pooled(titles),
        }


class _SkillLabels:
    """The labels of the sheets' skills, compared one by one with the question."""

    def __init__(self, rows: Sequence[OccupationRow], labels: Mapping[Id, tuple[str, ...]], stems: Stems) -> None:
        position = {skill_id: place for place, skill_id in enumerate(labels)}
        number = stems.vocabulary.number
        found = [stems.different(number[word] for word in words) for words in labels.values()]
        stem_of = np.fromiter(chain.from_iterable(found), dtype=np.int32)
        skill_of = np.repeat(np.arange(len(found), dtype=np.int32), [len(each) for each in found])
        frequency = np.bincount(stem_of, minlength=len(stems))
        self._rarity = np.log(1 + len(found) / np.maximum(frequency, 0.5)).astype(np.float32)
        weights = self._rarity[stem_of] ** 2
        norm = np.sqrt(np.bincount(skill_of, weights=weights, minlength=len(found)) + 1e-9)
        self._rows = Rows(stem_of, skill_of, (weights / norm[skill_of]).astype(np.float32), count=len(stems))
        # The last place stands for a sheet without skills.
        self._count = len(found) + 1
        held = [[position[skill_id] for skill_id, _, _ in row.skills] or [len(found)] for row in rows]
        self._held = np.fromiter(chain.from_iterable(held), dtype=np.int32)
        self._first = starts_of([len(each) for each in held])

    def evidence(self, question: Question) -> Evidence:
        """Give the cosine (0 to 1) of each sheet's nearest skill label."""
        scores = np.zeros(self._count, dtype=np.float32)
        square = 1e-9
        for stand in question.known():
            skills, weights = self._rows.of(stand.stem)
            scores[skills] += weights * np.float32(stand.part)
            square += (float(self._rarity[stand.stem]) * stand.part) ** 2
        scores /= np.float32(np.sqrt(square))
        return {"skill": np.maximum.reduceat(scores[self._held], self._first)}


class _Heads:
    """First words of titles: how usual one, and those used on the same sheets, are on each sheet."""

    def __init__(self, titles: TitleIndex, stems: Stems) -> None:
        first = [int(stems.of_word[numbers[0]]) for numbers in titles.numbers()]
        self._row: dict[int, int] = {}
        rows = [self._row.setdefault(head, len(self._row)) for head in first]
        sheets = np.repeat(np.arange(len(titles.entries.sizes)), titles.entries.sizes)
        usual = np.zeros((len(self._row), len(titles.entries.sizes)), dtype=np.float32)
        np.add.at(usual, (rows, sheets), 1.0)
        usual /= np.maximum(usual.sum(axis=0), 1.0)
        towards = directions(np.sqrt(usual))
        self._usual = usual.astype(np.float16)
        self._alike = (towards @ towards.T @ usual).astype(np.float16)

    def evidence(self, question: Question) -> Evidence:
        """Give the share of each sheet's titles that start as the question, then with heads used like it."""
        stand = question.stands[0] if question.stands else None
        row = self._row.get(stand.stem) if stand else None
        if row is None:
            nothing = np.zeros(self._usual.shape[1], dtype=np.float32)
            return {"head": nothing, "head_alike": nothing}
        return {"head": self._usual[row].astype(np.float32), "head_alike": self._alike[row].astype(np.float32)}


class _Families:
    """Sheets that were one sheet in ROME 3, sheets of one domain, and sheets that many people move to."""

    def __init__(self, rows: Sequence[OccupationRow]) -> None:
        parents = [row.parent_code or row.code for row in rows]
        self._family = _numbered(parents)
        self._domain = _numbered([row.code[:3] for row in rows])
        self._field = _numbered([row.code[:1] for row in rows])
        self._kept = np.array([row.code == parent for row, parent in zip(rows, parents, strict=True)], dtype=np.float32)
        self._ways_in = np.log1p(np.array([row.reached_from for row in rows], dtype=np.float32))

    def evidence(self, found: Evidence) -> Evidence:
        """Measure by what speaks for the other sheets of the family and of the domain."""
        title, meaning = found["title"], found["meaning"]
        family_title = self._best(title)
        return {
            "kept_code": self._kept,
            "kept_title": self._kept * title,
            "kept_family": self._kept * family_title,
            "family": family_title,
            "family_words": self._best(found["titles_words"]),
            "family_meaning_title": self._best(found["meaning_title"]),
            "field": _pooled(title, self._field),
            "domain_meaning": _pooled(meaning, self._domain),
            "many_come_here": self._ways_in,
        }

    def _best(self, scores: Floats) -> Floats:
        best = np.full(int(self._family.max(initial=-1)) + 1, -np.inf, dtype=np.float32)
        np.maximum.at(best, self._family, scores)
        return best[self._family]


def _pooled(scores: Floats, groups: Ints) -> Floats:
    total = np.bincount(groups, weights=np.exp(DOMAIN_SHARPNESS * scores))
    return (np.log(total[groups]) / DOMAIN_SHARPNESS).astype(np.float32)


def _numbered(names: Sequence[str]) -> Ints:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int32)


def _counts(words: chain[str], each: float) -> dict[str, float]:
    counts: dict[str, float] = {}
    for word in words:
        counts[word] = counts.get(word, 0.0) + each
    return counts


def _sum(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    return {number: one.get(number, 0.0) + other.get(number, 0.0) for number in {**one, **other}}


def _text_counts(row: OccupationRow, labels: Mapping[Id, tuple[str, ...]]) -> dict[str, float]:
    """Count the words of an occupation's definition (twice) and skills (twice when core)."""
    counts = _counts(chain(forms(row.definition)), IN_DEFINITION)
    for skill_id, _, core in row.skills:
        for word in labels[skill_id]:
            counts[word] = counts.get(word, 0.0) + (CORE if core else ORDINARY)
    return counts
