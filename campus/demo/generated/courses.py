"""Courses with their matrix, and three years of sessions."""

from __future__ import annotations

import uuid
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from campus.demo.generated.draw import DAYS_BACK, Draw, Row, Table, Trade, logged
from campus.demo.specialities import speciality_of
from campus.models import Course, CourseOccupation, CourseOutcome, CourseTeaching, random_id

AHEAD, PUT_AWAY_AFTER, SURE_BEFORE = 360, 21, 14
BEHIND = 2 / 3
UNCODED_EVERY = 40
TRIES = 6
STATES = ("open", "confirmed", "running", "finished", "closed")
CERTIFICATIONS = (("none", None),) * 3 + (("rncp", 3), ("rncp", 4), ("rs", None))


class Courses:
    """Generated courses, and what others ask of them: the trade that one leads to, its matrix."""

    def __init__(self, draw: Draw, count: int) -> None:
        self.rows: list[Row] = []
        self.links: list[Row] = []
        self.outcomes: dict[uuid.UUID, list[Row]] = {}
        self.trades: dict[uuid.UUID, int] = {}
        for n in range(count):
            trade, key = draw.trade(), random_id()
            self.rows.append(_course(draw, n, key=key, trade=trade))
            self.links.append({"course_id": key, "occupation_id": trade.id})
            chosen = draw.luck.sample(trade.skills, min(len(trade.skills), draw.luck.randint(5, 9)))
            self.outcomes[key] = [_outcome(draw, key, skill=skill, place=place) for place, skill in enumerate(chosen)]
            self.trades[key] = trade.id
        self.costs = [
            {"course_id": row["id"], "cost": draw.luck.randint(70, 130) * row["hours"], **draw.stamps()}
            for row in self.rows
            if draw.happens(0.9)
        ]

    def tables(self) -> Iterator[Table]:
        """Give their rows."""
        yield "Formations", Course, self.rows
        yield "Métiers des formations", CourseOccupation, self.links
        yield "Acquis", CourseOutcome, [row for rows in self.outcomes.values() for row in rows]
        yield "Coûts des formations", CourseTeaching, self.costs


def _course(draw: Draw, n: int, *, key: uuid.UUID, trade: Trade) -> Row:
    register, level = draw.luck.choice(CERTIFICATIONS)
    stamps = draw.stamps(DAYS_BACK)
    return {
        "id": key,
        "title": f"{trade.label}, parcours {n + 1}",
        "objectives": "Tenir le poste en autonomie.",
        "content": "- Gestes du métier\n- Qualité et sécurité\n- Mises en situation",
        "prerequisites": "Aucun.",
        "hours": draw.luck.choice((35, 70, 105, 140, 210, 280, 400)),
        "certification_kind": register,
        "certification_code": "" if register == "none" else f"{register.upper()}9{n:04d}",
        "certification_level": level,
        "nsf_code": "" if n % UNCODED_EVERY == UNCODED_EVERY - 1 else speciality_of(trade.code),
        "state": "published",
        "published_at": stamps["created_at"],
        "version": 1,
        **stamps,
    }


def _outcome(draw: Draw, course: uuid.UUID, *, skill: int, place: int) -> Row:
    exit_level = draw.luck.choice((2, 2, 3, 3, 3, 4))
    entry = draw.luck.choice((0, 0, 0, 0, exit_level - 1))
    return {
        "id": random_id(),
        "course_id": course,
        "skill_id": skill,
        "entry_level": entry,
        "exit_level": exit_level,
        "position": place,
    }


class Sessions:
    """Generated sessions, two thirds of them behind us, and their free seats."""

    def __init__(self, draw: Draw, courses: Courses, count: int) -> None:
        self.draw = draw
        made = [_session(draw, draw.luck.choice(courses.rows)["id"]) for _ in range(count)]
        self.rows = sorted(made, key=lambda row: row["starts_on"])
        self.held = [row for row in self.rows if row["state"] != "cancelled"]
        self._of_trade: dict[int, list[Row]] = defaultdict(list)
        for row in self.held:
            self._of_trade[courses.trades[row["course_id"]]].append(row)

    def leading_to(self, trade: int, first: date, last: date) -> Row | None:
        """Find a session that leads to a trade, begins within a window and has a seat."""
        rows = self._of_trade[trade]
        start, end = (bisect_left(rows, day, key=lambda row: row["starts_on"]) for day in (first, last))
        return next((row for row in self._some(rows[start:end]) if free(row)), None)

    def any(self) -> Row:
        """Find a session with a seat, or one to come where people wait."""
        found = self._some(self.held)
        return next((row for row in found if free(row) or row["starts_on"] > self.draw.today), self.held[-1])

    def log(self) -> list[Row]:
        """Give the lines of the audit log about how the sessions went from one state to the next."""
        return [line for row in self.rows for line in _steps(self.draw, row)]

    def _some(self, rows: list[Row]) -> list[Row]:
        return self.draw.luck.sample(rows, min(TRIES, len(rows)))


def free(session: Row, seats: int = 1) -> bool:
    """Tell whether so many seats of a session are free."""
    return bool(session["seats_taken"] + seats <= session["seats_max"])


def _session(draw: Draw, course: uuid.UUID) -> Row:
    behind = draw.happens(BEHIND)
    start = draw.today + timedelta(days=draw.luck.randint(-DAYS_BACK, -1) if behind else draw.luck.randint(7, AHEAD))
    start -= timedelta(days=max(0, start.weekday() - 4))
    end = start + timedelta(days=draw.luck.choice((4, 11, 25, 60, 88)))
    announced = draw.within(min(start - timedelta(days=draw.luck.randint(60, 200)), draw.today - timedelta(days=2)))
    return {
        "id": random_id(),
        "course_id": course,
        "starts_on": start,
        "ends_on": end,
        "commune_code": draw.luck.choice(draw.communes),
        "place": "Campus industriel",
        "seats_min": 4,
        "seats_max": draw.luck.choice((8, 10, 12, 14)),
        "seats_taken": 0,
        "last_rank": 0,
        "registration_deadline": start - timedelta(days=5),
        "state": _state(draw, start, end),
        "version": 1,
        "created_at": announced,
        "updated_at": announced,
    }


def _state(draw: Draw, start: date, end: date) -> str:
    if start <= draw.today and draw.happens(0.04):
        return "cancelled"
    if end < draw.today:
        return "finished" if end + timedelta(days=PUT_AWAY_AFTER) > draw.today else "closed"
    if start <= draw.today:
        return "running"
    return "confirmed" if start - timedelta(days=SURE_BEFORE) <= draw.today else "open"


def _steps(draw: Draw, session: Row) -> Iterator[Row]:
    start, end = session["starts_on"], session["ends_on"]
    sure, over = start - timedelta(days=SURE_BEFORE), end + timedelta(days=1)
    days = {"confirmed": sure, "running": start, "finished": over, "closed": end + timedelta(days=PUT_AWAY_AFTER)}
    if session["state"] == "cancelled":
        days = {"cancelled": sure}
    before = "open"
    for state, day in days.items():
        if state in _until(session["state"]):
            at = max(draw.within(min(day, draw.today)), session["created_at"])
            said = {"state": [before, state]}
            yield logged("course_sessions", session["id"], f"session_{state}", at=at, actor=draw.staff, details=said)
            before = state


def _until(state: str) -> Sequence[str]:
    return STATES[: STATES.index(state) + 1] if state in STATES else (state,)
