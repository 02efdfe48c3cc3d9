"""Small campuses for the tests of the plan, and every plan that one of them allows."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace

from hypothesis import strategies as st

from campus.planning.check import check, weeks_of
from campus.planning.values import Announced, Campus, Course, Demand, Plan, Published, Room, Session, Trainer
from campus.planning.worth import worth

SKILL = "soudage"
TIG = Course("tig", weeks=2, seats_min=2, seats_max=4, skills=frozenset({SKILL}), equipment=frozenset({"poste"}))
WORKSHOP = Room("atelier", 4, frozenset({"poste"}))
TRAINER = Trainer("lucie", ((SKILL, None),))
ASKED = Demand("besoin", posts=3, step=3, earliest=0, latest=5, courses=frozenset({"tig"}))


def campus(**changes):
    """Make a campus of one course, one room, one trainer and one demand, but for what is given."""
    parts = {"weeks": 6, "courses": (TIG,), "rooms": (WORKSHOP,), "trainers": (TRAINER,), "demands": (ASKED,)}
    return Campus(**{**parts, **changes})


def session(**changes):
    """Make the session that covers the demand."""
    return replace(Session("tig", 0, "atelier", "lucie", (("besoin", 3),)), **changes)


@st.composite
def campuses(draw):
    """Draw a campus small enough to try everything."""
    weeks = draw(st.integers(2, 3))
    courses = tuple(
        Course(
            f"c{number}",
            weeks=draw(st.integers(1, 2)),
            seats_min=draw(st.integers(1, 3)),
            seats_max=draw(st.integers(3, 4)),
            every=draw(st.integers(1, 2)),
            half_days=draw(st.sampled_from((5, 10))),
            equipment=draw(st.sampled_from((frozenset(), frozenset({"e"})))),
            skills=frozenset({f"s{draw(st.integers(0, 1))}"}),
        )
        for number in range(2)
    )
    away = st.frozensets(st.integers(0, weeks - 1), max_size=1)
    rooms = (Room("r0", draw(st.integers(2, 4)), frozenset({"e"}), draw(away)), Room("r1", 3, frozenset(), draw(away)))
    until = st.one_of(st.none(), st.integers(0, weeks - 1))
    trainers = tuple(
        Trainer(f"t{number}", (("s0", draw(until)), ("s1", draw(until))), draw(away))
        for number in range(draw(st.integers(1, 2)))
    )
    known = (draw(_published(weeks)), draw(_announced(weeks)))
    return Campus(weeks, courses, rooms, trainers, draw(_demands(weeks)), draw(away), *known)


@st.composite
def _demands(draw, weeks):
    found = []
    for number in range(draw(st.integers(1, 2))):
        earliest = draw(st.integers(0, weeks - 1))
        latest = draw(st.integers(earliest, weeks - 1))
        courses = draw(st.sampled_from(({"c0"}, {"c1"}, {"c0", "c1"})))
        posts, step = draw(st.integers(1, 3)), draw(st.sampled_from((1, 3)))
        found.append(Demand(f"n{number}", posts, step, earliest, latest, frozenset(courses)))
    return tuple(found)


@st.composite
def _published(draw, weeks):
    if draw(st.booleans()):
        return ()
    cost = draw(st.one_of(st.none(), st.just(1)))
    return (Published("p", "c0", draw(st.integers(0, weeks - 1)), taken=draw(st.integers(0, 1)), move_cost=cost),)


@st.composite
def _announced(draw, weeks):
    if draw(st.booleans()):
        return ()
    start = draw(st.integers(0, weeks - 1))
    return (Announced("a", "c0", start, draw(st.integers(start, weeks - 1)), draw(st.integers(1, 2))),)


def best_of_all(small, most=3):
    """Try every choice of at most so many sessions with every way to fill them; give the best worth.

    Two sessions may have all in common, where a course takes half the half-days of a week.
    """
    places = [
        Session(course.key, week, room.key, trainer.key, (), known)
        for course in small.courses
        for week in range(small.weeks)
        for room in small.rooms
        for trainer in small.trainers
        for known in (None, *(each.key for each in small.published if each.course == course.key))
    ]
    allowed = [each for each in places if not {one.rule for one in check(small, Plan((each,)))} - LATER]
    best, known = None, {}
    for count in range(most + 1):
        for chosen in itertools.combinations_with_replacement(allowed, count):
            if _clash(small, chosen):
                continue
            # Which of two like rooms or trainers a session has changes nothing to who may sit in it.
            alike = tuple(
                sorted((each.course, each.start, _free(small, each), each.published or "") for each in chosen)
            )
            if alike not in known:
                known[alike] = _filled(small, chosen)
            best = max((each for each in (best, known[alike]) if each), default=None)
    return best


LATER = {"too_few", "published_missing", "too_many", "room_too_small"}


def _clash(small, chosen):
    used = Counter()
    for each in chosen:
        for week in weeks_of(small, each):
            for key in (each.room, each.trainer):
                used[key, week] += small.course_of[each.course].half_days
    published = [each.published for each in chosen if each.published]
    return any(taken > 10 for taken in used.values()) or len(set(published)) < len(published)


def _free(small, each):
    taken = sum(known.taken for known in small.published if known.key == each.published)
    return min(small.course_of[each.course].seats_max, small.room_of[each.room].capacity) - taken


def _filled(small, chosen):
    free = [_free(small, each) for each in chosen] + [each.seats for each in small.announced]
    ways = [_ways(small, demand, chosen) for demand in small.demands]
    least = [0 if each.published else small.course_of[each.course].seats_min for each in chosen]
    least += [0 for _each in small.announced]
    best = None
    for dealt in itertools.product(*ways):
        counts = [sum(each[number] for each in dealt) for number in range(len(free))]
        if all(low <= count <= max(high, 0) for low, count, high in zip(least, counts, free, strict=True)):
            sessions = [
                replace(
                    each, posts=tuple((d.key, way[n]) for d, way in zip(small.demands, dealt, strict=True) if way[n])
                )
                for n, each in enumerate(chosen)
            ]
            announced = enumerate(small.announced, start=len(chosen))
            seated = [
                (each.key, demand.key, way[place])
                for place, each in announced
                for demand, way in zip(small.demands, dealt, strict=True)
                if way[place]
            ]
            reached = worth(small, Plan(tuple(sessions), tuple(seated))).key
            best = reached if best is None else max(best, reached)
    return best


def _ways(small, demand, chosen):
    fits = [
        each.course in demand.courses and each.start >= demand.earliest and weeks_of(small, each)[-1] <= demand.latest
        for each in chosen
    ]
    fits += [
        each.course in demand.courses and demand.earliest <= each.start and each.last <= demand.latest
        for each in small.announced
    ]
    ranges = [range(demand.posts + 1) if fit else (0,) for fit in fits]
    return [way for way in itertools.product(*ranges) if sum(way) <= demand.posts]
