"""The published courses worth judging for a need: those that share most with it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

import numpy as np
from sqlalchemy import Select, or_, select

from campus import db
from campus.matching.values import Id, NeedView
from campus.models import Course, CourseOccupation, CourseOutcome, CourseState, Occupation, Skill

CANDIDATES = 40
SHARED, SAME_TRADE, SAME_FAMILY, RELATED = 10, 8, 3, 1
Numbers = dict[Id, list[int]]


class Shortlist:
    """What published courses share with some needs, looked up once for all of them, in three queries.

    A skill shared counts most, then the trade, then a skill of the same family; the judge then looks at the best
    CANDIDATES only, so that its cost does not grow with the catalogue.
    """

    def __init__(self, needs: Collection[NeedView], *, also: uuid.UUID | None = None) -> None:
        """Look at what is published, and at one more course as if it were."""
        offered = or_(Course.state == CourseState.PUBLISHED, Course.id == also)
        self._trades = _codes({need.occupation_id for need in needs if need.occupation_id is not None})
        taught = db.session.execute(_taught(needs).where(offered)).all()
        leading = db.session.execute(_leading_to(self._trades).where(offered)).all()
        self._ids = sorted({row.course_id for row in (*taught, *leading)})
        number = {course_id: n for n, course_id in enumerate(self._ids)}
        self._by_skill: Numbers = defaultdict(list)
        self._by_macro: Numbers = defaultdict(list)
        self._by_trade: Numbers = defaultdict(list)
        self._by_family: Numbers = defaultdict(list)
        for course_id, skill_id, macro in taught:
            self._by_skill[skill_id].append(number[course_id])
            self._by_macro[macro].append(number[course_id])
        for course_id, trade, parent in leading:
            self._by_trade[trade].append(number[course_id])
            self._by_family[parent].append(number[course_id])

    def of(self, need: NeedView) -> list[uuid.UUID]:
        """List the candidates for one of the needs, best first; of equals, the lower id first."""
        points = np.zeros(len(self._ids), dtype=np.int64)
        for worth, numbers in self._shared(need):
            if numbers:
                points += worth * np.bincount(numbers, minlength=len(points))
        best = np.argsort(-points, kind="stable")[:CANDIDATES]
        return [self._ids[n] for n in best.tolist() if points[n] > 0]

    def _shared(self, need: NeedView) -> Iterator[tuple[int, list[int]]]:
        """Give, for each thing shared, what it is worth and the courses that share it, by number."""
        for skill in need.skills:
            # A course that teaches the skill itself is also found by the family below, and counts once.
            yield SHARED - (RELATED if skill.macro_id else 0), self._by_skill[skill.skill_id]
        for macro in {skill.macro_id for skill in need.skills if skill.macro_id}:
            yield RELATED, self._by_macro[macro]
        code, parent = self._trades.get(need.occupation_id, ("", ""))
        # Likewise a course that leads to the trade itself, where the family has a parent.
        yield SAME_TRADE - (SAME_FAMILY if parent else 0), self._by_trade[need.occupation_id]
        yield SAME_FAMILY, self._by_family[parent or code]


def _codes(trades: Collection[Id]) -> dict[Id, tuple[str, str]]:
    """Look up the code and the parent's code of trades."""
    rows = db.session.execute(
        select(Occupation.id, Occupation.code, Occupation.parent_code).where(Occupation.id.in_(trades))
    )
    return {row.id: (row.code, row.parent_code) for row in rows}


def _taught(needs: Collection[NeedView]) -> Select[tuple[uuid.UUID, int, str]]:
    """Ask for what courses teach among the skills that needs ask for and those of the same families."""
    asked = [skill for need in needs for skill in need.skills]
    skills = {one.skill_id for one in asked}
    macros = {one.macro_id for one in asked if one.macro_id}
    return (
        select(CourseOutcome.course_id, CourseOutcome.skill_id, Skill.macro_code)
        .join(Course, Course.id == CourseOutcome.course_id)
        .join(Skill, Skill.id == CourseOutcome.skill_id)
        .where(or_(CourseOutcome.skill_id.in_(skills), Skill.macro_code.in_(macros)))
    )


def _leading_to(trades: Mapping[Id, tuple[str, str]]) -> Select[tuple[uuid.UUID, int, str]]:
    """Ask for the courses that lead to these trades, or to others of their families."""
    families = {parent or code for code, parent in trades.values()}
    return (
        select(CourseOccupation.course_id, Occupation.id, Occupation.parent_code)
        .join(Course, Course.id == CourseOccupation.course_id)
        .join(Occupation, Occupation.id == CourseOccupation.occupation_id)
        .where(or_(Occupation.id.in_(trades), Occupation.parent_code.in_(families)))
    )
