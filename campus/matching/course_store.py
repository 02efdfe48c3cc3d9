"""The courses of an index in flat arrays: what each teaches, who teaches each skill, titles, trades, sessions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campus.matching.course_columns import CourseColumns, entry_asked, levels_taught
from campus.matching.grams import Grams
from campus.matching.ids import IdCodes, IdTable
from campus.matching.ragged import NARROW, Array, Ragged, grown, invert
from campus.matching.session_board import SessionBoard, as_sessions
from campus.matching.skill_table import SkillTable
from campus.matching.trades import Trades
from campus.matching.values import CourseView, Id, Rules


class Scratch(NamedTuple):
    """Places to note in, all zero between two questions.

    One for each course; one for each trigram; for each skill, how many entries it has among what counts for
    the need and where they begin.
    """

    counts: NDArray[np.int8]
    flags: NDArray[np.bool_]
    many: NDArray[np.int32]
    where: NDArray[np.int32]


class CourseStore:
    """One row for each course; rows of courses taken away are used again."""

    def __init__(self, rules: Rules, today: date, sheets: Mapping[Id, frozenset[Id]]) -> None:
        self.rules = rules
        self.skills = SkillTable(sheets, rules)
        self.trades = Trades()
        self.grams = Grams()
        self.codes = IdCodes()
        self.ids = IdTable(self.codes)
        self.board = SessionBoard(rules, today, self.codes)
        self.taught = Ragged(skill=np.int32, levels=np.uint16)
        self.teaching = Ragged(course=np.int32, levels=np.uint16)
        self.leads = Ragged(trade=np.int32)
        self.led = Ragged(course=np.int32)
        self.titles = Ragged(gram=np.uint16)
        self.rows = 0
        self._free: list[int] = []
        self._scratch = Scratch(*(np.zeros(0, kind) for kind in (np.int8, np.bool_, np.int32, np.int32)))

    def __len__(self) -> int:
        return self.rows - len(self._free)

    def fill(self, columns: CourseColumns) -> None:
        """Replace all courses by those of the columns."""
        self.rows, self._free = len(columns.ids), []
        self.ids.fill(*self.codes.encode_all(columns.ids))
        self.taught.fill(self.rows, columns.taught_size, _taught(columns.taught_skill, columns.taught_levels))
        owner = np.repeat(np.arange(self.rows, dtype=np.int32), columns.taught_size)
        invert(self.teaching, columns.taught_skill, {"course": owner, "levels": columns.taught_levels})
        self.leads.fill(self.rows, columns.trade_size, {"trade": columns.trade})
        trained = np.repeat(np.arange(self.rows, dtype=np.int32), columns.trade_size)
        invert(self.led, columns.trade, {"course": trained})
        self._fill_titles(columns)
        self.board.sessions.fill(self.rows, columns.session_size, {"session": as_sessions(columns.sessions)})
        self.board.certified_until = columns.certified_until.astype(np.int32)
        asks = np.bincount(owner, weights=entry_asked(columns.taught_levels), minlength=self.rows)
        self.board.asks_entry = asks > 0
        self.board.opens = np.zeros(self.rows, np.int32)
        self.board.refresh(np.arange(self.rows))

    def _fill_titles(self, columns: CourseColumns) -> None:
        sizes, flat = np.zeros(self.rows, np.int64), []
        for row, title in enumerate(columns.titles):
            grams = self.grams.of(title)
            sizes[row] = len(grams)
            flat += grams
        self._widen_titles()
        self.titles.fill(self.rows, sizes, {"gram": np.array(flat, dtype=np.int64)})

    def _widen_titles(self) -> None:
        if len(self.grams) > NARROW and self.titles.columns["gram"].dtype == np.uint16:
            self.titles.columns["gram"] = self.titles.columns["gram"].astype(np.int32)

    def put(self, course: CourseView) -> int:
        """Add a course, or put it in the place of the one with its id; give its row."""
        row = self.ids.row(course.id)
        if row is None:
            row = self._new_row(course.id)
        else:
            self._clear(row)
        facts = {one.skill_id: one for one in course.outcomes}
        taught = [
            (self.skills.learn(key, facts[key].label, facts[key].macro_id), levels)
            for key, levels in levels_taught(course).items()
        ]
        numbers, levels = np.array(taught, dtype=np.int64).reshape(-1, 2).T
        self.taught.write(row, skill=numbers, levels=levels)
        for number, level in taught:
            self.teaching.append(number, course=row, levels=level)
        trades = self.trades.of_course(course)
        self.leads.write(row, trade=np.array(trades, dtype=np.int64))
        for trade in trades:
            self.led.append(trade, course=row)
        grams = np.array(self.grams.of(course.title), dtype=np.int64)
        self._widen_titles()
        self.titles.write(row, gram=grams)
        asks = bool((entry_asked(levels) > 0).any())
        self.board.write(row, course.sessions, certified_until=course.certification_ends_on, asks=asks)
        return row

    def remove(self, course_id: Id) -> None:
        """Take a course away; nothing happens when it is not there."""
        row = self.ids.row(course_id)
        if row is None:
            return
        self._clear(row)
        none = np.zeros(0, dtype=np.int64)
        self.taught.write(row, skill=none, levels=none)
        self.leads.write(row, trade=none)
        self.titles.write(row, gram=none)
        self.board.write(row, (), certified_until=None, asks=False)
        self.ids.remove(course_id, row)
        self._free.append(row)

    def _new_row(self, course_id: Id) -> int:
        if self._free:
            row = self._free.pop()
        else:
            row, self.rows = self.rows, self.rows + 1
            self.ids.high, self.ids.low = grown(self.ids.high, self.rows), grown(self.ids.low, self.rows)
        self.ids.add(course_id, row)
        return row

    def _clear(self, row: int) -> None:
        for skill in self.taught.of("skill", row).tolist():
            self.teaching.drop(skill, "course", row)
        for trade in self.leads.of("trade", row).tolist():
            self.led.drop(trade, "course", row)

    def scratch(self) -> Scratch:
        """Give places to count in; whoever counts leaves them at zero."""
        sizes = (self.rows, len(self.grams), len(self.skills.ids), len(self.skills.ids))
        if any(len(one) < size for one, size in zip(self._scratch, sizes, strict=True)):
            self._scratch = Scratch(*(grown(one, size) for one, size in zip(self._scratch, sizes, strict=True)))
        return self._scratch

    @property
    def bytes(self) -> int:
        """Count the bytes of the arrays that grow with the catalogue."""
        lists = (self.taught, self.teaching, self.leads, self.led, self.titles, self.board.sessions)
        columns = (self.ids.high, self.ids.low, self.board.certified_until, self.board.asks_entry, self.board.opens)
        return (
            sum(one.bytes for one in lists)
            + sum(one.nbytes for one in columns)
            + self.ids.bytes
            + self._scratch.counts.nbytes
        )


def _taught(skill: Array, levels: Array) -> dict[str, Array]:
    return {"skill": skill, "levels": levels}
