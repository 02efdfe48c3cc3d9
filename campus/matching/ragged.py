"""Lists of different lengths in a few flat arrays: read in one slice, changed in place, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

Ints: TypeAlias = NDArray[np.int64]
Array: TypeAlias = NDArray[Any]
NARROW = 1 << 16
SPARE = 8  # an array that is full grows by one eighth


def grown(array: Array, size: int, fill: int = 0) -> Array:
    """Give the array at least this long: itself, or a longer copy whose new places hold `fill`."""
    if len(array) >= size:
        return array
    longer = np.full(size + size // SPARE + 8, fill, dtype=array.dtype)
    longer[: len(array)] = array
    return longer


def spread(start: Array, size: Array) -> tuple[Ints, Ints]:
    """Give, for slices start..start+size one after the other, every position and the number of its slice."""
    owner = np.repeat(np.arange(len(size)), size)
    first = np.cumsum(size) - size
    return np.arange(len(owner)) - np.repeat(first, size) + np.repeat(start, size), owner


class Ragged:
    """For each key 0, 1, 2... a list; each of its entries has one value in each column."""

    def __init__(self, **columns: DTypeLike) -> None:
        self.columns: dict[str, Array] = {name: np.zeros(0, dtype=kind) for name, kind in columns.items()}
        self.start, self.size, self.room = (np.zeros(0, dtype=np.int32) for _ in range(3))
        self._used = self._lost = 0

    def fill(self, keys: int, sizes: Array, columns: Mapping[str, Array]) -> None:
        """Replace everything by lists given one after the other, `sizes` long."""
        self.size = np.zeros(keys, dtype=np.int32)
        self.size[: len(sizes)] = sizes
        self.start = (np.cumsum(self.size) - self.size).astype(np.int32)
        self.room = self.size.copy()
        for name, values in columns.items():
            self.columns[name] = np.ascontiguousarray(values, dtype=self.columns[name].dtype)
        self._used, self._lost = int(self.size.sum()), 0

    def place(self, key: int) -> slice:
        """Tell where a key's list stands in the columns; nowhere for a key never filled."""
        if key >= len(self.size):
            return slice(0, 0)
        start = int(self.start[key])
        return slice(start, start + int(self.size[key]))

    def of(self, column: str, key: int) -> Array:
        """Give one column of a key's list, as a view."""
        return self.columns[column][self.place(key)]

    def sizes(self, keys: Array) -> Array:
        """Count the entries of many lists."""
        return self.size[keys]

    def many(self, keys: Array) -> tuple[Ints, Ints]:
        """Give the positions of the entries of many lists, and for each entry the number of its list among these."""
        return spread(self.start[keys], self.size[keys])

    def write(self, key: int, **values: Array) -> None:
        """Replace a key's list."""
        size = len(next(iter(values.values())))
        self._make_room(key, size)
        self.size[key] = size
        place = self.place(key)
        for name, column in values.items():
            self.columns[name][place] = column

    def append(self, key: int, **values: int) -> None:
        """Add one entry to a key's list."""
        size = int(self.size[key]) if key < len(self.size) else 0
        self._make_room(key, size + 1)
        self.size[key] = size + 1
        for name, value in values.items():
            self.columns[name][self.start[key] + size] = value

    def drop(self, key: int, column: str, value: int) -> None:
        """Take away the entry that has this value in this column; the last entry takes its place."""
        place = self.place(key)
        [at] = np.flatnonzero(self.columns[column][place] == value)
        for values in self.columns.values():
            values[place.start + at] = values[place.stop - 1]
        self.size[key] -= 1

    def _make_room(self, key: int, size: int) -> None:
        if key >= len(self.size):
            self.start, self.size, self.room = (grown(one, key + 1) for one in (self.start, self.size, self.room))
        if size <= self.room[key]:
            return
        self._compact_if_holed()
        room = size + size // 4 + 1
        place = self.place(key)
        for name, column in self.columns.items():
            longer = self.columns[name] = grown(column, self._used + room)
            longer[self._used : self._used + place.stop - place.start] = longer[place]
        self._lost += int(self.room[key])
        self.start[key], self.room[key] = self._used, room
        self._used += room

    def _compact_if_holed(self) -> None:
        if 2 * self._lost < self._used or self._used < 1024:
            return
        positions, _ = spread(self.start, self.size)
        self.fill(len(self.size), self.size, {name: column[positions] for name, column in self.columns.items()})

    @property
    def bytes(self) -> int:
        """Count the bytes that the lists take."""
        return sum(one.nbytes for one in (self.start, self.size, self.room, *self.columns.values()))


def invert(lists: Ragged, key: Ints, values: Mapping[str, Array]) -> None:
    """Turn entries around: for each key, the entries that name it."""
    keys = int(key.max()) + 1 if len(key) else 0
    # A key of sixteen bits is sorted by its digits, ten times faster.
    order = np.argsort(key.astype(np.uint16) if keys <= NARROW else key, kind="stable")
    lists.fill(keys, np.bincount(key, minlength=keys), {name: column[order] for name, column in values.items()})


def lengths(lists: Iterable[Sequence[Any]]) -> Ints:
    """Count the entries of each list."""
    return np.array([len(one) for one in lists], dtype=np.int64)
