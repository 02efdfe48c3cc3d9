"""What words mean by the sheets they stand on: latent semantic analysis, learnt from the referential alone.

Words that stand on the same sheets come near each other, so that a title finds a sheet that never uses its words
(Deerwester and others 1990). The matrix of stems by sheets, each cell 3 log(1 + n in titles) + log(1 + n in texts),
times the rarity of the stem, columns of length 1, is cut to its strongest dimensions. With 1,584 sheets it is the
eigenvectors of the small matrix of sheets by sheets that are computed, in about two seconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from campus.matching.question import Question, Stand
from campus.matching.vocabulary import Floats

DIMENSIONS = 200
IN_TITLES, IN_TEXTS = 3.0, 1.0
SLICE = 1000
Bags = Sequence[Mapping[int, float]]


def directions(vectors: Floats) -> Floats:
    """Scale each row to length 1; a row of zeros stays so."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)


class Meanings:
    """A vector for each stem, each sheet and each title."""

    def __init__(self, titles: Bags, texts: Bags, entries: Sequence[Sequence[int]], *, size: int) -> None:
        """Learn from the stems of each sheet's titles and texts, numbered below `size`, and those of each title."""
        stems, sheets, weights = _cells(titles, texts)
        spread = np.bincount(stems, minlength=size)
        rarity = np.log(1 + len(titles) / np.maximum(spread, 0.5)).astype(np.float32)
        weights *= rarity[stems]
        squares = np.bincount(sheets, weights=weights**2, minlength=len(titles))
        weights /= np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32)[sheets]
        table = _Table(stems, sheets, weights, shape=(size, len(titles)))
        values, vectors = np.linalg.eigh(table.gram())
        kept = slice(max(0, len(titles) - DIMENSIONS), None)
        strength = np.sqrt(np.maximum(values[kept], 1e-6)).astype(np.float32)
        vectors = vectors[:, kept].astype(np.float32)
        self._words = table.times(vectors / strength) * rarity[:, np.newaxis]
        self._sheets = directions(vectors * strength)
        sums = np.zeros((len(entries), self._words.shape[1]), dtype=np.float32)
        for title, entry in enumerate(entries):
            sums[title] = self._words[list(entry)].sum(axis=0)
        self._titles = directions(sums)

    def near(self, question: Question) -> tuple[Floats, Floats, Floats, Floats]:
        """Give the cosine of each sheet with the whole title, its first word and its other words, then of each title.

        The first word of a French job title says what is done, the others on what or where.
        """
        first, *others = [*question.stands, None]
        head, rest = self._sum([first]), self._sum(others)
        whole = directions((head + rest)[np.newaxis])[0]
        alone = directions(rest[np.newaxis])[0] if len(question) > 1 else whole
        return (
            self._sheets @ whole,
            self._sheets @ directions(head[np.newaxis])[0],
            self._sheets @ alone,
            self._titles @ whole,
        )

    def of_text(self, stands: Iterable[Stand]) -> Floats:
        """Give the cosine of each sheet with a text, given by its stems."""
        return self._sheets @ directions(self._sum(list(stands))[np.newaxis])[0]

    def _sum(self, stands: Sequence[Stand | None]) -> Floats:
        total = np.zeros(self._words.shape[1], dtype=np.float32)
        for stand in stands:
            if stand is not None:
                total += np.float32(stand.part) * self._words[stand.stem]
        return total


class _Table:
    """A sparse table of stems by sheets, made dense a slice of stems at a time to stay small."""

    def __init__(
        self, rows: NDArray[np.int32], columns: NDArray[np.int32], values: Floats, *, shape: tuple[int, int]
    ) -> None:
        order = np.argsort(rows, kind="stable")
        self._rows, self._columns, self._values = rows[order], columns[order], values[order]
        self._shape = shape

    def gram(self) -> Floats:
        """Give the products of all pairs of columns."""
        total = np.zeros((self._shape[1], self._shape[1]), dtype=np.float32)
        for _, dense in self._slices():
            total += dense.T @ dense
        return total

    def times(self, right: Floats) -> Floats:
        """Multiply by a matrix on the right."""
        product = np.zeros((self._shape[0], right.shape[1]), dtype=np.float32)
        for start, dense in self._slices():
            product[start : start + len(dense)] = dense @ right
        return product

    def _slices(self) -> Iterable[tuple[int, Floats]]:
        for start in range(0, self._shape[0], SLICE):
            end = min(start + SLICE, self._shape[0])
            part = slice(*np.searchsorted(self._rows, [start, end]))
            dense = np.zeros((end - start, self._shape[1]), dtype=np.float32)
            dense[self._rows[part] - start, self._columns[part]] = self._values[part]
            yield start, dense


def _cells(titles: Bags, texts: Bags) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    """List the cells of the table: stem, sheet and weight before rarity."""
    held = [{**title, **text} for title, text in zip(titles, texts, strict=True)]
    stems = np.fromiter(chain.from_iterable(held), dtype=np.int32)
    sheets = np.repeat(np.arange(len(held), dtype=np.int32), [len(each) for each in held])
    there, said = (
        np.fromiter((bag.get(stem, 0.0) for bag, each in zip(bags, held, strict=True) for stem in each), np.float32)
        for bags in (titles, texts)
    )
    return stems, sheets, IN_TITLES * np.log1p(there) + IN_TEXTS * np.log1p(said)
