"""Quarters: the columns of the demand, the cohorts of reports. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

QUARTERS_SHOWN = 4


class Quarter(NamedTuple):
    """Three months of a year; year 0 stands for "no date", year 9999 for all that comes later."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date | None) -> Quarter:
        """Give the quarter of a day."""
        return UNDATED if day is None else cls(day.year, (day.month + 2) // 3)

    def following(self) -> Quarter:
        """Give the quarter after this one."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def first_day(self) -> date:
        """Give the day the quarter begins."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def code(self) -> str:
        """Write the quarter for an address: 2027-T1, sans-date, plus-tard."""
        return {UNDATED: "sans-date", LATER: "plus-tard"}.get(self, f"{self.year}-T{self.number}")


UNDATED = Quarter(0, 1)
LATER = Quarter(9999, 4)


def quarters(today: date) -> tuple[Quarter, ...]:
    """List the columns: this quarter and the next, then later, then undated."""
    shown = [Quarter.of(today)]
    while len(shown) < QUARTERS_SHOWN:
        shown.append(shown[-1].following())
    return (*shown, LATER, UNDATED)


def ends_of(columns: Sequence[Quarter]) -> NDArray[np.int64]:
    """Give the days, as ordinals, on which the quarters shown are over: what places a day among the columns."""
    return np.array([each.following().first_day.toordinal() for each in columns[:QUARTERS_SHOWN]])
