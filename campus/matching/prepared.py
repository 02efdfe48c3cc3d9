"""A course ready to be judged: what is true of it whatever the need asks, worked out once for all needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from campus.matching.answers import Gate, Verdict
from campus.matching.coverage import Taught, taught_by
from campus.matching.gates import can_register, certification_gate, entry_gate, seats_verdict
from campus.matching.values import HIGHEST_LEVEL, CourseView, Id, Profile, Rules, SessionView, id_key

Levels: TypeAlias = bytes
IDLE: Levels = bytes(range(HIGHEST_LEVEL + 1))


@dataclass(frozen=True, slots=True)
class Chance:
    """A session that one may choose, or none at all.

    `closed` and `unknown` count its gates that say so whatever the need asks; `ready_on` is its last day
    plus the hiring margin; `preference` orders sessions whose gates say the same, best first.
    """

    session: SessionView | None
    takes_people: bool
    ready_on: date | None
    closed: int
    unknown: int
    preference: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A course with its chances, what it teaches to whom the profile describes, and its order among equals.

    `transfers` gives, by skill, the level after the course for each level before it (one byte each).
    """

    view: CourseView
    entry: Gate
    chances: tuple[Chance, ...]
    taught: tuple[Taught, ...]
    transfers: Mapping[Id, Levels]
    steps: Mapping[Id, tuple[tuple[int, int], ...]]
    order: tuple[int, int, str]


def prepare(course: CourseView, *, rules: Rules, profile: Profile | None, today: date) -> Prepared:
    """Work out what every need will ask of a course."""
    entry = entry_gate(course, profile)
    coming = [one for one in course.sessions if one.start is None or one.start >= today]
    usable = [one for one in coming if can_register(one, today)]
    sessions: Iterable[SessionView | None] = usable or coming or [None]
    steps: dict[Id, tuple[tuple[int, int], ...]] = {}
    for one in sorted(course.outcomes, key=lambda outcome: outcome.entry_level):
        steps[one.skill_id] = (*steps.get(one.skill_id, ()), (one.entry_level, one.exit_level))
    return Prepared(
        view=course,
        entry=entry,
        chances=tuple(_chance(course, one, entry=entry, rules=rules, today=today) for one in sessions),
        taught=taught_by([course], profile),
        transfers={skill_id: _transfer(taken) for skill_id, taken in steps.items()},
        steps=steps,
        order=id_key(course.id),
    )


def _chance(course: CourseView, session: SessionView | None, *, entry: Gate, rules: Rules, today: date) -> Chance:
    verdicts = [entry.verdict, seats_verdict(session), certification_gate(course, session).verdict]
    closed, unknown = verdicts.count(Verdict.NO), verdicts.count(Verdict.UNKNOWN)
    if session is None:
        return Chance(None, False, None, closed, unknown, ())
    return Chance(
        session=session,
        takes_people=can_register(session, today),
        ready_on=session.end + timedelta(days=rules.hiring_margin_days) if session.end else None,
        closed=closed,
        unknown=unknown,
        preference=(session.end or date.max, -(session.seats_left or 0), id_key(session.id)),
    )


def _transfer(steps: Iterable[tuple[int, int]]) -> Levels:
    row = IDLE
    for entry, leaving in steps:
        row = bytes(leaving if entry <= level < leaving else level for level in row)
    return row


def levels_together(courses: Iterable[Prepared], skills: Iterable[Id], start: Mapping[Id, int]) -> dict[Id, int]:
    """Give the level of each of these skills once all courses have been taken, as often as it helps.

    The same as `fixed_point` over all outcomes, looking at the skills asked only.
    """
    together = list(courses)
    levels = {}
    for skill_id in skills:
        level = start.get(skill_id, 0)
        for entry, leaving in sorted(step for course in together for step in course.steps.get(skill_id, ())):
            if entry <= level < leaving:
                level = leaving
        levels[skill_id] = level
    return levels
