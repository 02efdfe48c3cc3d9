"""Which half-days of its weeks each session takes, so that no room and no trainer is in two places.

Rooms and trainers are the two sides of a graph, a half-day of a session an edge. Nobody has more than ten in a week,
so ten half-days are enough (D. Kőnig, "Über Graphen und ihre Anwendung auf Determinantentheorie und Mengenlehre",
Mathematische Annalen 77, 1916). A session keeps the same half-days all along where that is possible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from campus.planning.values import FULL_WEEK, Campus, Plan, Session

Weeks = dict[int, tuple[int, ...]]
Side = tuple[str, str]


def half_days_of(campus: Campus, plan: Plan) -> list[Weeks]:
    """Give, for each session of a valid plan, the half-days of each of its weeks: 0 is Monday morning, 9 Friday's end.

    Raises ValueError where a room or a trainer has more than ten half-days in a week.
    """
    week: dict[int, _Week] = defaultdict(_Week)
    taught = [campus.taught(campus.course_of[each.course], each.start) for each in plan.sessions]
    wanted = [campus.course_of[each.course].half_days for each in plan.sessions]
    later = []
    for number in sorted(range(len(taught)), key=lambda each: (-wanted[each], taught[each], each)):
        sides = _sides(plan.sessions[number])
        free = [each for each in range(FULL_WEEK) if all(week[one].is_free(sides, each) for one in taught[number])]
        chosen = _closest(free, wanted[number])
        if not chosen:
            later.append(number)
        for one in taught[number]:
            week[one].take(number, sides, chosen)
    for number in later:
        for one in taught[number]:
            for _half_day in range(wanted[number]):
                week[one].squeeze(number, _sides(plan.sessions[number]))
    return [{one: week[one].half_days(number) for one in weeks} for number, weeks in enumerate(taught)]


def _sides(session: Session) -> tuple[Side, Side]:
    return ("room", session.room), ("trainer", session.trainer)


def _closest(free: Sequence[int], count: int) -> Sequence[int]:
    """Choose so many of the free half-days, as near to each other as can be; none when there are too few."""
    runs = [free[first : first + count] for first in range(len(free) - count + 1)]
    return min(runs, key=lambda run: (run[-1] - run[0], run[0]), default=())


@dataclass
class _Week:
    """One week: which session takes a half-day of a room or a trainer."""

    at: dict[Side, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    sides: dict[int, tuple[Side, Side]] = field(default_factory=dict)

    def is_free(self, sides: tuple[Side, Side], half_day: int) -> bool:
        return all(half_day not in self.at[side] for side in sides)

    def take(self, number: int, sides: tuple[Side, Side], half_days: Sequence[int]) -> None:
        self.sides[number] = sides
        for side in sides:
            self.at[side].update(dict.fromkeys(half_days, number))

    def half_days(self, number: int) -> tuple[int, ...]:
        room = self.at[self.sides[number][0]]
        return tuple(sorted(half_day for half_day, other in room.items() if other == number))

    def squeeze(self, number: int, sides: tuple[Side, Side]) -> None:
        """Take one half-day more, changing those of other sessions where the room and the trainer share no free one."""
        first, second = ([each for each in range(FULL_WEEK) if each not in self.at[side]] for side in sides)
        if not first or not second:
            raise ValueError("a room or a trainer has more than ten half-days in a week")
        shared = [each for each in first if each in second]
        if not shared:
            self._swap(sides[1], first[0], second[0])
            shared = first[:1]
        self.take(number, sides, shared[:1])

    def _swap(self, side: Side, taken: int, free: int) -> None:
        """Change two half-days for each other along the chain of sessions that begins at a side."""
        chain, half_day = [], taken
        while half_day in self.at[side]:
            number = self.at[side][half_day]
            chain.append((number, half_day))
            room, trainer = self.sides[number]
            side = trainer if side == room else room
            half_day = free if half_day == taken else taken
        for number, half_day in chain:
            for each in self.sides[number]:
                del self.at[each][half_day]
        for number, half_day in chain:
            self.take(number, self.sides[number], [free if half_day == taken else taken])
