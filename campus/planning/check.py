"""The independent check of a plan: every rule, read from the campus alone, with nothing taken from model or greedy.

It works out weeks, seats and clashes anew, the plain way, so that an error in the solver's program shows here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from campus.planning.values import Campus, Plan, Published, Session

HALF_DAYS = 10  # from Monday to Friday
Check = Callable[[Campus, Session], Iterator["Broken"]]


@dataclass(frozen=True)
class Broken:
    """One broken rule: its name, what it is about (keys), and the week or the figures that show it."""

    rule: str
    about: tuple[str, ...]
    week: int | None = None
    found: int | None = None
    allowed: int | None = None


def check(campus: Campus, plan: Plan) -> list[Broken]:
    """List every rule that a plan breaks; empty when it is valid.

    Rules: unknown, horizon, closed_week, room_taken, trainer_taken, room_away, trainer_away, room_too_small, equipment,
    trainer_skill, too_many, too_few, wrong_course, too_early, too_late, covered_twice, fixed_moved, published_missing,
    published_twice, published_other_course, announced_full.
    """
    known = [session for session in plan.sessions if _is_known(campus, session)]
    broken = [Broken("unknown", _names(session)) for session in plan.sessions if not _is_known(campus, session)]
    for session in known:
        for rule in (_calendar, _room, _trainer, _seats, _covers):
            broken.extend(rule(campus, session))
    broken.extend(_announced(campus, plan))
    broken.extend(_clashes(campus, known))
    broken.extend(_posts(campus, known, plan.seated))
    broken.extend(_published(campus, known))
    return broken


def weeks_of(campus: Campus, session: Session) -> list[int]:
    """Walk the calendar from the session's first week, one open week in `every`, until the course is taught."""
    course = next(each for each in campus.courses if each.key == session.course)
    weeks, opened, week = [], 0, session.start
    while len(weeks) < course.weeks and week < campus.weeks + course.weeks * course.every:
        if week not in campus.closed:
            if opened % course.every == 0:
                weeks.append(week)
            opened += 1
        week += 1
    return weeks


def _names(session: Session) -> tuple[str, ...]:
    return (session.course, session.room, session.trainer, str(session.start))


def _is_known(campus: Campus, session: Session) -> bool:
    return (
        any(each.key == session.course for each in campus.courses)
        and any(each.key == session.room for each in campus.rooms)
        and any(each.key == session.trainer for each in campus.trainers)
        and all(any(each.key == key for each in campus.demands) for key, _count in session.posts)
        and all(count > 0 for _key, count in session.posts)
    )


def _calendar(campus: Campus, session: Session) -> Iterator[Broken]:
    if session.start in campus.closed:
        yield Broken("closed_week", _names(session), session.start)
    weeks = weeks_of(campus, session)
    if session.start < 0 or weeks[-1] >= campus.weeks:
        yield Broken("horizon", _names(session), weeks[-1], allowed=campus.weeks - 1)


def _room(campus: Campus, session: Session) -> Iterator[Broken]:
    room = next(each for each in campus.rooms if each.key == session.room)
    course = next(each for each in campus.courses if each.key == session.course)
    people = sum(count for _key, count in session.posts) + _taken(campus, session)
    if people > room.capacity:
        yield Broken("room_too_small", _names(session), found=people, allowed=room.capacity)
    for thing in sorted(course.equipment):
        if thing not in room.equipment:
            yield Broken("equipment", (*_names(session), thing))
    for week in weeks_of(campus, session):
        if week in room.away:
            yield Broken("room_away", _names(session), week)


def _trainer(campus: Campus, session: Session) -> Iterator[Broken]:
    trainer = next(each for each in campus.trainers if each.key == session.trainer)
    course = next(each for each in campus.courses if each.key == session.course)
    last = weeks_of(campus, session)[-1]
    for skill in sorted(course.skills):
        ends = [until for name, until in trainer.skills if name == skill]
        if not ends:
            yield Broken("trainer_skill", (*_names(session), skill))
        elif ends[0] is not None and ends[0] < last:
            yield Broken("trainer_skill", (*_names(session), skill), last, allowed=ends[0])
    for week in weeks_of(campus, session):
        if week in trainer.away:
            yield Broken("trainer_away", _names(session), week)


def _taken(campus: Campus, session: Session) -> int:
    return sum(each.taken for each in campus.published if each.key == session.published)


def _seats(campus: Campus, session: Session) -> Iterator[Broken]:
    course = next(each for each in campus.courses if each.key == session.course)
    planned = sum(count for _key, count in session.posts)
    people = planned + _taken(campus, session)
    if planned and people > course.seats_max:
        yield Broken("too_many", _names(session), found=people, allowed=course.seats_max)
    if session.published is None and people < course.seats_min:
        yield Broken("too_few", _names(session), found=people, allowed=course.seats_min)


def _covers(campus: Campus, session: Session) -> Iterator[Broken]:
    last = weeks_of(campus, session)[-1]
    for key, _count in session.posts:
        demand = next(each for each in campus.demands if each.key == key)
        if session.course not in demand.courses:
            yield Broken("wrong_course", (*_names(session), key))
        if session.start < demand.earliest:
            yield Broken("too_early", (*_names(session), key), session.start, allowed=demand.earliest)
        if last > demand.latest:
            yield Broken("too_late", (*_names(session), key), last, allowed=demand.latest)


def _clashes(campus: Campus, sessions: list[Session]) -> Iterator[Broken]:
    for rule, of in (("room_taken", "room"), ("trainer_taken", "trainer")):
        users: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
        for session in sessions:
            course = next(each for each in campus.courses if each.key == session.course)
            for week in weeks_of(campus, session):
                users[getattr(session, of), week].append((session.course, course.half_days))
        for (key, week), courses in users.items():
            taken = sum(half_days for _course, half_days in courses)
            if taken > HALF_DAYS:
                yield Broken(rule, (key, *(course for course, _taken in courses)), week, found=taken, allowed=HALF_DAYS)


def _announced(campus: Campus, plan: Plan) -> Iterator[Broken]:
    taken: Counter[str] = Counter()
    for key, wanted, count in plan.seated:
        session = next((each for each in campus.announced if each.key == key), None)
        demand = next((each for each in campus.demands if each.key == wanted), None)
        if session is None or demand is None or count < 1:
            yield Broken("unknown", (key, wanted))
            continue
        taken[key] += count
        if session.course not in demand.courses:
            yield Broken("wrong_course", (key, wanted))
        if session.start < demand.earliest:
            yield Broken("too_early", (key, wanted), session.start, allowed=demand.earliest)
        if session.last > demand.latest:
            yield Broken("too_late", (key, wanted), session.last, allowed=demand.latest)
    for session in campus.announced:
        if taken[session.key] > session.seats:
            yield Broken("announced_full", (session.key,), found=taken[session.key], allowed=session.seats)


def _posts(campus: Campus, sessions: list[Session], seated: Iterable[tuple[str, str, int]]) -> Iterator[Broken]:
    covered: Counter[str] = Counter()
    for session in sessions:
        for key, count in session.posts:
            covered[key] += count
    for _announced_one, key, count in seated:
        covered[key] += count
    for demand in campus.demands:
        if covered[demand.key] > demand.posts:
            yield Broken("covered_twice", (demand.key,), found=covered[demand.key], allowed=demand.posts)


def _published(campus: Campus, sessions: list[Session]) -> Iterator[Broken]:
    for known in campus.published:
        mine = [each for each in sessions if each.published == known.key]
        if not mine:
            yield Broken("published_missing", (known.key,))
        elif len(mine) > 1:
            yield Broken("published_twice", (known.key,), found=len(mine), allowed=1)
        for session in mine:
            yield from _as_published(known, session)


def _as_published(known: Published, session: Session) -> Iterator[Broken]:
    if session.course != known.course:
        yield Broken("published_other_course", (known.key, session.course))
    stays = session.start == known.start
    moved = not stays or known.room not in {None, session.room} or known.trainer not in {None, session.trainer}
    if known.move_cost is None and moved:
        yield Broken("fixed_moved", (known.key,), session.start, allowed=known.start)
