"""A plan in a tenth of a second: always the place that covers most for the weeks it takes, as long as there is one.

It answers what-ifs at once, gives the solver a plan to start from, and is the plan that the solver has to beat. A few
runs follow each other, each minding the committed posts that those before left out. Source: D. E. Joslin and
D. P. Clements, "Squeaky Wheel Optimization", Journal of Artificial Intelligence Research 10 (1999).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from campus.planning.possible import Place, place, rooms_of, seats, starts_of, trainers_of, worthwhile
from campus.planning.seating import seat
from campus.planning.values import FULL_WEEK, Campus, Course, Demand, Plan, Published, Room, Session, Trainer, in_order
from campus.planning.worth import worth

EPSILON = 1e-6
NOTHING = Plan()


@dataclass(frozen=True)
class Taste:
    """What a run likes: how much a committed post weighs beside a declared one, how much a long session costs.

    A place is worth its posts divided by its weeks to the power `length`.
    """

    signed: float
    length: float


TASTES = (Taste(50.0, 0.3), Taste(50.0, 0.85))
RUNS = 4
MINDED = 100.0  # what a committed post weighs more for each run that left it out

WIDTH = 5  # bits for a week: room for the half-days taken, and one that is set where they are more than ten
SPARE = (1 << (WIDTH - 1)) - 1 - FULL_WEEK


def load(weeks: Iterable[int], half_days: int = FULL_WEEK) -> int:
    """Write so many half-days in each of some weeks as one number, to be added to others of its kind."""
    bits = 0
    for week in weeks:
        bits |= half_days << (WIDTH * week)
    return bits


@dataclass
class Timetable:
    """Which weeks of rooms and trainers are taken, and which of them suit a course, the least useful first."""

    campus: Campus

    def __post_init__(self) -> None:
        campus = self.campus
        every = range(campus.weeks)
        self.over = load(every, 1 << (WIDTH - 1))
        free = load(every, SPARE)
        self.busy = {each.key: free + load(each.away & set(every)) for each in (*campus.rooms, *campus.trainers)}
        kinds = {course.equipment for course in campus.courses}
        rooms = sorted(campus.rooms, key=lambda each: (len(each.equipment), each.capacity, each.key))
        self._rooms = {kind: [room for room in rooms if kind <= room.equipment] for kind in kinds}
        wanted = {course.skills for course in campus.courses}
        trainers = sorted(campus.trainers, key=lambda each: (len(each.skills), each.key))
        self._trainers = {
            kind: [(each, _until(each, kind)) for each in trainers if kind <= each.until.keys()] for kind in wanted
        }

    def room(self, course: Course, bits: int, people: int) -> Room | None:
        """Find the smallest free room that seats so many people; failing that, the one that seats most."""
        free = [room for room in self._rooms[course.equipment] if not (self.busy[room.key] + bits) & self.over]
        enough = [room for room in free if room.capacity >= people]
        if enough:
            return enough[0]
        return max(free, key=lambda room: room.capacity, default=None)

    def trainer(self, course: Course, bits: int, last: int) -> Trainer | None:
        """Find a free trainer who may teach until the last week."""
        for each, until in self._trainers[course.skills]:
            if until >= last and not (self.busy[each.key] + bits) & self.over:
                return each
        return None

    def first_free(self, things: Sequence[Room] | Sequence[Trainer], bits: int) -> str | None:
        """Find the first of some rooms or trainers that is free."""
        return next((each.key for each in things if not (self.busy[each.key] + bits) & self.over), None)

    def take(self, room: str, trainer: str, bits: int) -> None:
        """Mark a room and a trainer as taken; a week that is taken twice over is full."""
        for key in (room, trainer):
            self.busy[key] += bits
            twice = self.busy[key] & self.over
            if twice:
                fields = (twice >> (WIDTH - 1)) * ((1 << WIDTH) - 1)
                self.busy[key] = self.busy[key] & ~fields | fields & (self.over - (self.over >> (WIDTH - 1)))


def _until(trainer: Trainer, skills: frozenset[str]) -> float:
    ends = [trainer.until[each] for each in skills]
    return min((end for end in ends if end is not None), default=float("inf"))


class Greedy:
    """One run: what is left of each demand, what each place would still cover, what is taken.

    A plan that is `given` stays; its sessions are filled up where seats are left. `left_out` counts the runs before
    that left a demand out.
    """

    def __init__(
        self,
        campus: Campus,
        taste: Taste = TASTES[0],
        *,
        given: Plan = NOTHING,
        places: list[Place] | None = None,
        left_out: Mapping[str, int] | None = None,
    ) -> None:
        self.campus, self.taste, self.left_out = campus, taste, left_out or {}
        self.left = {each.key: each.posts for each in campus.demands}
        self.timetable = Timetable(campus)
        self.sessions: list[Session] = []
        self.seated: Counter[tuple[str, str]] = Counter()
        self.places = worthwhile(campus) if places is None else places
        self._measure()
        for session in given.sessions:
            self._give(session)
        self._fill_announced(given)

    def _measure(self) -> None:
        places, at = self.places, {}
        self.asked, self.minded = np.zeros((2, len(places))), np.zeros(len(places))
        for number, each in enumerate(places):
            for demand in each.demands:
                self.asked[int(not demand.committed), number] += demand.posts
                self.minded[number] += demand.posts * self.left_out.get(demand.key, 0)
                at.setdefault(demand.key, []).append(number)
        self.at = {key: np.array(numbers) for key, numbers in at.items()}
        self.most = np.array([float(each.course.seats_max) for each in places])
        self.least = np.array([float(each.course.seats_min) for each in places])
        self.effort = np.array([float(len(each.weeks)) for each in places]) ** self.taste.length
        self.effort *= np.array([each.course.half_days / FULL_WEEK for each in places])
        self.late = np.array([float(each.weeks[-1]) for each in places]) * EPSILON
        self.bits = [load(each.weeks, each.course.half_days) for each in places]
        self.dead = np.zeros(len(places), dtype=bool)

    def score(self) -> NDArray[np.float64]:
        """Say what each place is worth now; below nothing where its minimum is not reached or nothing is free."""
        signed = np.minimum(self.asked[0], self.most)
        others = np.minimum(self.asked[1], self.most - signed)
        value = (self.taste.signed * signed + others + MINDED * self.minded) / self.effort - self.late
        value[self.dead | (signed + others < self.least)] = -np.inf
        return value

    def run(self) -> Plan:
        """Place the published sessions, then the best place again and again until nothing more fits."""
        given = {each.published for each in self.sessions}
        for known in sorted(self.campus.published, key=lambda each: not each.fixed):
            if known.key not in given:
                self._keep(known)
        while len(self.places):
            value = self.score()
            best = int(np.argmax(value))
            if value[best] == -np.inf:
                break
            if not self._open(best):
                self.dead[best] = True
        return self.finished()

    def finished(self) -> Plan:
        """Fill up the sessions that have seats left, and give the plan."""
        seated = ((announced, demand, count) for (announced, demand), count in self.seated.items())
        return in_order((self._filled(session) for session in self.sessions), seated)

    def _fill_announced(self, given: Plan) -> None:
        """Fill the free seats of announced sessions first: they take no room and no trainer of the plan."""
        for announced, key, count in given.seated:
            self._count(self.campus.demand_of[key], count)
            self.seated[announced, key] += count
        for each in sorted(self.campus.announced, key=lambda one: (one.last, one.key)):
            free = each.seats - sum(count for key, _demand, count in given.seated if key == each.key)
            for demand, count in self._seat(self.campus.fitting[each.key], free):
                self.seated[each.key, demand] += count

    def _give(self, session: Session) -> None:
        course = self.campus.course_of[session.course]
        bits = load(self.campus.taught(course, session.start), course.half_days)
        self.timetable.take(session.room, session.trainer, bits)
        for key, count in session.posts:
            self._count(self.campus.demand_of[key], count)
        self.sessions.append(session)

    def _filled(self, session: Session) -> Session:
        where = place(self.campus, self.campus.course_of[session.course], session.start)
        if where is None:
            return session
        taken = sum(each.taken for each in self.campus.published if each.key == session.published)
        free = seats(where.course, self.campus.room_of[session.room], taken + session.people)
        posts = dict(session.posts)
        for key, count in self._seat(where.demands, free):
            posts[key] = posts.get(key, 0) + count
        return replace(session, posts=tuple(posts.items()))

    def _keep(self, known: Published) -> None:
        for start in starts_of(self.campus, known):
            where = place(self.campus, self.campus.course_of[known.course], start)
            bits = load(where.weeks, where.course.half_days)
            room = self.timetable.first_free(rooms_of(self.campus, known, where.weeks), bits)
            trainer = self.timetable.first_free(trainers_of(self.campus, known, where.weeks), bits)
            if room and trainer:
                self.timetable.take(room, trainer, bits)
                posts = self._seat(where.demands, seats(where.course, self.campus.room_of[room], known.taken))
                self.sessions.append(Session(known.course, start, room, trainer, posts, known.key))
                return

    def _open(self, number: int) -> bool:
        where, bits = self.places[number], self.bits[number]
        people = int(min(self.asked[:, number].sum(), self.most[number]))
        trainer = self.timetable.trainer(where.course, bits, where.weeks[-1])
        room = self.timetable.room(where.course, bits, people) if trainer else None
        if room is None or trainer is None or room.capacity < where.course.seats_min:
            return False
        self.timetable.take(room.key, trainer.key, bits)
        posts = self._seat(where.demands, seats(where.course, room))
        self.sessions.append(Session(where.course.key, where.start, room.key, trainer.key, posts))
        return True

    def _seat(self, demands: Sequence[Demand], free: int) -> tuple[tuple[str, int], ...]:
        posts = []
        for demand in demands:
            count = min(self.left[demand.key], free)
            if count:
                free -= count
                self._count(demand, count)
                posts.append((demand.key, count))
        return tuple(posts)

    def _count(self, demand: Demand, count: int) -> None:
        self.left[demand.key] -= count
        if demand.key in self.at:
            at = self.at[demand.key]
            self.asked[int(not demand.committed), at] -= count
            self.minded[at] -= count * self.left_out.get(demand.key, 0)


def plan_greedily(campus: Campus, taste: Taste = TASTES[0]) -> Plan:
    """Make a plan quickly; the same campus gives the same plan."""
    return Greedy(campus, taste).run()


def plan_at_best(campus: Campus) -> Plan:
    """Make a few plans, in about a tenth of a second together, each minding what those before left out; give the best.

    Posts are then dealt anew to its sessions, which leaves others together that are enough for further sessions.
    """
    places, plans, left_out = worthwhile(campus), [], Counter[str]()
    for number in range(RUNS):
        run = Greedy(campus, TASTES[number % len(TASTES)], places=places, left_out=left_out)
        plans.append(run.run())
        left_out.update(each.key for each in campus.demands if each.committed and run.left[each.key])
    return _dealt_anew(campus, max(plans, key=lambda plan: worth(campus, plan).key), places)


def _dealt_anew(campus: Campus, plan: Plan, places: list[Place]) -> Plan:
    seated = seat(campus, plan.sessions)
    more = Greedy(campus, given=seated, places=places).run()
    return max((plan, seated, more), key=lambda each: worth(campus, each).key)
