"""Campuses made up by a seed: families of courses, needs that some of them cover, rooms, trainers, closed weeks."""

from __future__ import annotations

import random
from dataclasses import dataclass

from campus.planning.greedy import Taste, plan_greedily
from campus.planning.values import Campus, Course, Demand, Published, Room, Trainer


@dataclass(frozen=True)
class Size:
    """How much there is of each."""

    courses: int = 300
    weeks: int = 52
    rooms: int = 20
    trainers: int = 40
    needs: int = 600
    published: int = 20

    def times(self, factor):
        """Give the same campus, larger or smaller; the year stays a year."""
        counts = {name: max(round(getattr(self, name) * factor), 1) for name in Size.__dataclass_fields__}
        return Size(**{**counts, "weeks": self.weeks})

    @property
    def families(self):
        """Say how many families of courses there are: about thirty courses, two workshops, four trainers each."""
        return max(self.courses // 30, 1)


FULL = Size()
HOLIDAYS = (7, 8, 16, 17, 30, 31, 32, 42, 43, 51)


def campus(seed, size=FULL):
    """Make a campus; the same seed gives the same one."""
    luck = random.Random(seed)  # noqa: S311 (no secret)
    closed = frozenset(week for week in HOLIDAYS if week < size.weeks)
    courses = tuple(_course(luck, number, size) for number in range(size.courses))
    trainers = tuple(_trainer(luck, number, size) for number in range(size.trainers))
    made = Campus(
        weeks=size.weeks,
        closed=closed,
        courses=courses,
        rooms=tuple(_room(luck, number, size) for number in range(size.rooms)),
        trainers=trainers,
        demands=tuple(_demand(luck, number, size) for number in range(size.needs)),
    )
    return _with_published(luck, made, size)


def _course(luck, number, size):
    family = number % size.families
    least = luck.choice((4, 5, 6, 6, 8))
    return Course(
        key=f"c{number}",
        weeks=luck.choice((1, 1, 2, 2, 3, 4, 6, 8)),
        seats_min=least,
        seats_max=luck.choice((10, 12, 12, 15)),
        every=luck.choice((1, 1, 1, 1, 2)),
        equipment=frozenset({f"e{family}"}) if luck.random() < 0.6 else frozenset(),
        skills=frozenset({f"f{family}", f"s{family}.{luck.randrange(4)}"}),
        cost=luck.randrange(2_000, 12_000, 500),
    )


def _room(luck, number, size):
    workshop = number < 0.7 * size.rooms
    equipment = {f"e{number % size.families}"} if workshop else set()
    return Room(f"r{number}", luck.choice((8, 10, 12, 12, 16)), frozenset(equipment), _away(luck, size, 0.3))


def _trainer(luck, number, size):
    family = number % size.families
    skills = [f"f{family}", *(f"s{family}.{each}" for each in sorted(luck.sample(range(4), 3)))]
    until = [luck.randrange(20, size.weeks) if luck.random() < 0.1 else None for _ in skills]
    return Trainer(f"t{number}", tuple(zip(skills, until, strict=True)), _away(luck, size, 0.6))


def _away(luck, size, share):
    """Be away for some weeks on end, or not at all."""
    if luck.random() > share:
        return frozenset()
    first = luck.randrange(size.weeks)
    return frozenset(range(first, min(first + luck.randint(1, 4), size.weeks)))


def _demand(luck, number, size):
    family = luck.randrange(size.families)
    mates = [each for each in range(size.courses) if each % size.families == family]
    # Some courses are asked for far more than others.
    wanted = {mates[min(int(luck.paretovariate(0.7)) - 1, len(mates) - 1)] for _ in range(luck.choice((1, 2, 2, 3)))}
    earliest = luck.randrange(0, size.weeks - 12)
    return Demand(
        key=f"n{number}",
        posts=luck.choice((1, 1, 2, 2, 3, 4, 6)),
        step=luck.choice((1, 1, 2, 2, 3, 4)),
        earliest=earliest,
        latest=min(earliest + luck.randint(8, 26), size.weeks - 1),
        courses=frozenset(f"c{each}" for each in wanted),
    )


def _with_published(luck, made, size):
    """Publish some sessions where they are valid, half of them free to move."""

    drafts = list(plan_greedily(made, Taste(10.0, 1.0)).sessions)  # whatever the greedy plan prefers today
    chosen = luck.sample(drafts, min(size.published, len(drafts)))
    known = [
        Published(
            f"p{number}", each.course, each.start, each.room, each.trainer, luck.randint(0, 4), (None, 1)[number % 2]
        )
        for number, each in enumerate(chosen)
    ]
    return Campus(
        weeks=made.weeks,
        closed=made.closed,
        courses=made.courses,
        rooms=made.rooms,
        trainers=made.trainers,
        demands=made.demands,
        published=tuple(known),
    )
