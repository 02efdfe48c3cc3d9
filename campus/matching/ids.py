"""Ids of any kind in sixteen bytes each: whole numbers and UUIDs as they are, anything else kept aside."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from campus.matching.values import Id, id_key

HALF = 64
LOW = (1 << HALF) - 1
OTHER = LOW
SPELLED, DASHES = 36, [8, 13, 18, 23]
DIGIT = np.isin(np.arange(256), np.frombuffer(b"0123456789abcdef", np.uint8))
Halves = NDArray[np.uint64]


class IdCodes:
    """Turn ids into two halves of 64 bits and back."""

    def __init__(self) -> None:
        self._others: list[Id] = []
        self._number: dict[Id, int] = {}

    def encode(self, value: Id) -> tuple[int, int]:
        """Give the two halves that stand for an id."""
        if isinstance(value, int) and 0 <= value <= LOW:
            return 0, value
        if isinstance(value, str) and len(value) == SPELLED:
            try:
                number = UUID(value).int
            except ValueError:
                number = 0
            if number >> HALF not in {0, OTHER} and str(UUID(int=number)) == value:
                return number >> HALF, number & LOW
        if value not in self._number:
            self._number[value] = len(self._others)
            self._others.append(value)
        return OTHER, self._number[value]

    def encode_all(self, values: Sequence[Id]) -> tuple[Halves, Halves]:
        """Give the halves of many ids."""
        letters = "".join(str(value) for value in values).encode()
        if len(letters) != SPELLED * len(values) or not all(type(value) is str for value in values):
            return self._one_by_one(values)
        spelled = np.frombuffer(letters, np.uint8).reshape(-1, SPELLED)
        digits = np.delete(spelled, DASHES, axis=1)
        plain = (spelled[:, DASHES] == ord("-")).all() and DIGIT[digits].all()
        if not plain:
            return self._one_by_one(values)
        numbers = np.frombuffer(bytes.fromhex(digits.tobytes().decode()), ">u8").astype(np.uint64).reshape(-1, 2)
        if np.isin(numbers[:, 0], [0, OTHER]).any():
            return self._one_by_one(values)
        return np.ascontiguousarray(numbers[:, 0]), np.ascontiguousarray(numbers[:, 1])

    def _one_by_one(self, values: Sequence[Id]) -> tuple[Halves, Halves]:
        pairs = np.array([self.encode(value) for value in values], dtype=np.uint64).reshape(-1, 2)
        return np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])

    @property
    def has_others(self) -> bool:
        """Tell whether ids are kept aside, whose halves say nothing of their order."""
        return bool(self._others)

    def decode(self, high: int, low: int) -> Id:
        """Give the id back."""
        if high == 0:
            return low
        if high == OTHER:
            return self._others[low]
        spelled = f"{high:016x}{low:016x}"
        return f"{spelled[:8]}-{spelled[8:12]}-{spelled[12:16]}-{spelled[16:20]}-{spelled[20:]}"


class IdTable:
    """Rows by id: a sorted base for what was built at once, a dictionary for what came after."""

    def __init__(self, codes: IdCodes) -> None:
        self._codes = codes
        self.high, self.low = np.zeros(0, np.uint64), np.zeros(0, np.uint64)
        self._sorted: Halves = np.zeros(0, np.uint64)
        self._rows: NDArray[np.int32] = np.zeros(0, np.int32)
        self._later: dict[Id, int] = {}
        self._gone: set[int] = set()

    def fill(self, high: Halves, low: Halves) -> None:
        """Replace everything: row n is the id with these halves."""
        self.high, self.low = high, low
        mixed = _mix(high, low)
        self._rows = np.argsort(mixed, kind="stable").astype(np.int32)
        self._sorted = mixed[self._rows]
        self._later, self._gone = {}, set()

    def row(self, value: Id) -> int | None:
        """Give an id's row, or None."""
        if value in self._later:
            return self._later[value]
        high, low = (np.array([half], np.uint64) for half in self._codes.encode(value))
        at = int(np.searchsorted(self._sorted, _mix(high, low)[0]))
        while at < len(self._sorted) and self._sorted[at] == _mix(high, low)[0]:
            row = int(self._rows[at])
            if row not in self._gone and self.high[row] == high[0] and self.low[row] == low[0]:
                return row
            at += 1
        return None

    def add(self, value: Id, row: int) -> None:
        """Give an id a row; the arrays of halves must be long enough."""
        self.high[row], self.low[row] = self._codes.encode(value)
        self._later[value] = row

    def remove(self, value: Id, row: int) -> None:
        """Take an id away."""
        if self._later.pop(value, None) is None:
            self._gone.add(row)

    @property
    def bytes(self) -> int:
        """Count the bytes of the sorted base."""
        return self._sorted.nbytes + self._rows.nbytes

    def id_of(self, row: int) -> Id:
        """Give the id of a row."""
        return self._codes.decode(int(self.high[row]), int(self.low[row]))

    def order_of(self, row: int) -> tuple[int, int, str]:
        """Give the place of a row's id in the order of ids."""
        return id_key(self.id_of(row))


def _mix(high: Halves, low: Halves) -> Halves:
    mixed: Halves = high * np.uint64(0x9E3779B97F4A7C15) ^ low
    return mixed
