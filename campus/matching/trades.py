"""Occupations and their parents by number, in one list: what a course leads to, what a need asks for."""

from __future__ import annotations

from campus.matching.values import CourseView, Id

NONE = -1


class Trades:
    """Numbers for occupations and for parents, which may be spelled alike and are not the same."""

    def __init__(self) -> None:
        self._number: dict[tuple[str, Id], int] = {}

    def __len__(self) -> int:
        return len(self._number)

    def occupation(self, occupation_id: Id | None) -> int:
        """Give an occupation's number; NONE for none."""
        return self._of("occupation", occupation_id)

    def parent(self, parent_id: Id | None) -> int:
        """Give a parent's number; NONE for none."""
        return self._of("parent", parent_id)

    def of_course(self, course: CourseView) -> list[int]:
        """List the numbers of the occupations that a course leads to, and of their parents."""
        occupations = [self.occupation(one) for one in course.occupation_ids]
        return occupations + [self.parent(one) for one in course.parent_occupations]

    def _of(self, kind: str, value: Id | None) -> int:
        return NONE if value is None else self._number.setdefault((kind, value), len(self._number))
