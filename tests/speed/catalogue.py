"""A generated catalogue of any size that behaves like a real one: trades with their sheets, words by a natural curve.

A trade has a sheet of skills and words of its own. A course belongs to a trade, teaches some of its skills and a few
from elsewhere, and is described with its words and with everybody's. Everything comes from one seed.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campus.matching.course_columns import CourseColumns, packed
from campus.matching.course_index import CourseIndex
from campus.matching.session_board import NO_SEATS
from campus.matching.text import content_words
from campus.matching.values import Importance, NeededSkill, NeedView, Rules

Ints = NDArray[np.int64]
TODAY = date(2026, 9, 1)
WORDS, SKILLS, TRADES, MACROS, SHEET = 40_000, 12_000, 1_500, 400, 40
COURSE_WORDS, NEED_WORDS, TITLE_WORDS = 80, 40, 6
OWN_WORDS = 150
BEGINNINGS = ["", "re", "pré", "sur", "sous", "auto", "micro", "hydro", "électro", "thermo", "télé", "multi", "photo"]
ENDINGS = [
    "",
    "age",
    "ement",
    "ation",
    "eur",
    "euse",
    "ier",
    "able",
    "ique",
    "iste",
    "oir",
    "ure",
    "erie",
    "al",
    "ette",
]
FILES = ("skills.csv", "occupations.csv", "job_titles.csv", "families.csv")


def french_words(count: int) -> list[str]:
    """Make that many different French-looking words from those of the campus's own lists and common affixes."""
    folder = resources.files("campus") / "starter"
    text = " ".join((folder / name).read_text(encoding="utf-8") for name in FILES)
    roots = [word for word in dict.fromkeys(content_words(text)) if re.fullmatch("[a-z]{4,}", word)]
    made: dict[str, None] = {}
    for ending in ENDINGS:
        for beginning in BEGINNINGS:
            for root in roots:
                made[beginning + (root.rstrip("aeiouy") if ending else root) + ending] = None
            if len(made) >= count:
                return list(made)[:count]
    return list(made)


def natural(count: int, power: float = 1.0, shift: float = 2.7) -> NDArray[np.float64]:
    """Give the chances of words by rank (Zipf and Mandelbrot)."""
    chances = 1 / (np.arange(count) + 1 + shift) ** power
    return chances / chances.sum()


@dataclass(frozen=True)
class World:
    """What all catalogues share: words, skills, trades, and the places of the sessions."""

    seed: int = 1

    @cached_property
    def words(self) -> list[str]:
        """Words from the most to the least frequent."""
        return french_words(WORDS)

    @cached_property
    def curve(self) -> NDArray[np.float64]:
        """The chances of the words; the hundred most frequent of a language carry no meaning and are left out."""
        return natural(len(self.words) + 100)[100:] / natural(len(self.words) + 100)[100:].sum()

    @cached_property
    def own_words(self) -> Ints:
        """The words of each trade."""
        return self.rng(2).choice(len(self.words), size=(TRADES, OWN_WORDS), p=self.curve)

    @cached_property
    def trade_curve(self) -> NDArray[np.float64]:
        """The chances of the trades: some are common."""
        return natural(TRADES, power=0.7)

    @cached_property
    def skill_curve(self) -> NDArray[np.float64]:
        """The chances of the skills: some are asked for everywhere."""
        return self.rng(3).permutation(natural(SKILLS, power=0.8, shift=20))

    @cached_property
    def sheets(self) -> Ints:
        """The skills of each trade's sheet."""
        rng = self.rng(4)
        return np.stack([rng.choice(SKILLS, size=SHEET, replace=False, p=self.skill_curve) for _ in range(TRADES)])

    @cached_property
    def skills(self) -> list[tuple[int, str, str]]:
        """The skills: id, label of four words, macro-skill."""
        rng = self.rng(5)
        labels = rng.choice(len(self.words), size=(SKILLS, 4), p=self.curve)
        macros = rng.integers(MACROS, size=SKILLS)
        return [(n, self.say(labels[n]), f"macro {macros[n]}") for n in range(SKILLS)]

    @cached_property
    def places(self) -> list[tuple[float, float]]:
        """Six hundred communes."""
        rng = self.rng(6)
        return [(float(a), float(b)) for a, b in zip(rng.uniform(43, 50, 600), rng.uniform(-1, 6, 600), strict=True)]

    def rng(self, salt: int) -> np.random.Generator:
        """Give the chance of one part, so that parts do not lean on each other."""
        return np.random.default_rng([self.seed, salt])

    def say(self, words: Ints) -> str:
        """Spell words given by rank."""
        return " ".join(self.words[n] for n in words.tolist())

    def texts(self, trades: Ints, length: int, salt: int) -> Ints:
        """Draw texts (rows of word ranks): half from the trade's words, half from everybody's."""
        rng = self.rng(salt)
        own = self.own_words[trades[:, None], rng.integers(OWN_WORDS, size=(len(trades), length))]
        common = rng.choice(len(self.words), size=(len(trades), length), p=self.curve)
        return np.where(rng.random((len(trades), length)) < 0.5, own, common)

    def some_skills(self, trades: Ints, salt: int, most: int) -> tuple[Ints, Ints]:
        """Draw different skills for each of these: three in four from the trade's sheet."""
        rng = self.rng(salt)
        own = self.sheets[trades[:, None], rng.integers(SHEET, size=(len(trades), most))]
        other = rng.choice(SKILLS, size=own.shape, p=self.skill_curve)
        drawn = np.sort(np.where(rng.random(own.shape) < 0.75, own, other), axis=1)
        fresh = np.ones(drawn.shape, dtype=bool)
        fresh[:, 1:] = drawn[:, 1:] != drawn[:, :-1]
        wanted = rng.integers(most - 4, most + 1, size=len(trades))
        fresh &= np.cumsum(fresh, axis=1) <= wanted[:, None]
        return drawn[fresh], fresh.sum(axis=1)


@dataclass(frozen=True)
class Catalogue:
    """Courses: as columns for the index, as texts for those that know only words."""

    world: World
    size: int

    @cached_property
    def trades(self) -> Ints:
        """The trade of each course."""
        return self.world.rng(10).choice(TRADES, size=self.size, p=self.world.trade_curve)

    @cached_property
    def words(self) -> Ints:
        """The words of each course, title first."""
        return self.world.texts(self.trades, COURSE_WORDS, 11)

    def texts(self) -> list[str]:
        """Spell what each course says."""
        return [self.world.say(row) for row in self.words]

    @cached_property
    def columns(self) -> dict[str, Any]:
        """What a database would give of the courses."""
        rng = self.world.rng(12)
        skill, size = self.world.some_skills(self.trades, 13, 10)
        entry = rng.choice(4, size=len(skill), p=[0.8, 0.1, 0.06, 0.04])
        leaving = np.minimum(4, entry + rng.integers(1, 4, size=len(skill)))
        ends = rng.random(self.size) < 0.2
        return {
            "ids": [str(uuid.UUID(bytes=part, version=4)) for part in _sixteens(rng.bytes(16 * self.size))],
            "titles": [self.world.say(row[:TITLE_WORDS]) for row in self.words],
            "taught_size": size,
            "taught_skill": skill,
            "taught_levels": packed(np.where(entry == 0, leaving, 0), leaving, entry),
            "certified_until": np.where(ends, TODAY.toordinal() + rng.integers(-30, 900, size=self.size), 0),
            **self._sessions(),
        }

    def _sessions(self) -> dict[str, Any]:
        rng = self.world.rng(14)
        size = rng.choice(5, size=self.size, p=[0.1, 0.3, 0.3, 0.2, 0.1])
        count = int(size.sum())
        start = TODAY.toordinal() + rng.integers(-30, 400, size=count)
        start[rng.random(count) < 0.05] = 0
        seats = rng.integers(0, 16, size=count)
        ids = np.sort(rng.integers(1 << 62, size=count).astype(np.uint64))
        sessions = {
            "start": start,
            "end": np.where(start == 0, 0, start + rng.integers(2, 60, size=count)),
            "deadline": np.where(start == 0, 0, start - 7),
            "seats": np.where(rng.random(count) < 0.02, NO_SEATS, seats),
            "open": rng.random(count) < 0.85,
            "area": rng.integers(-1, len(self.world.places), size=count),
            "high": ids | np.uint64(1 << 62),
            "low": ids,
        }
        return {"session_size": size, "sessions": sessions}

    def index(self, *, compile_search: bool = True) -> CourseIndex:
        """Build the index, as a process does from the database when it starts."""
        sheets = {f"T{n}": sheet for n, sheet in enumerate(self.world.sheets.tolist())}
        index = CourseIndex(
            rules=Rules(), today=TODAY, sheets=sheets, skills=self.world.skills, compile_search=compile_search
        )
        for place in self.world.places:
            index.store.board.area(place)
        numbers = [index.store.trades.occupation(f"T{n}") for n in range(TRADES)]
        parents = [index.store.trades.parent(f"P{n // 3}") for n in range(TRADES)]
        trade = np.stack([np.array(numbers)[self.trades], np.array(parents)[self.trades]], axis=1)
        index.fill(CourseColumns(trade_size=np.full(self.size, 2), trade=trade.ravel(), **self.columns))
        return index


def _sixteens(data: bytes) -> list[bytes]:
    return [data[n : n + 16] for n in range(0, len(data), 16)]


@dataclass(frozen=True)
class Needs:
    """Needs of firms, as the judge sees them and as texts."""

    world: World
    count: int

    @cached_property
    def trades(self) -> Ints:
        """The trade of each need."""
        return self.world.rng(20).choice(TRADES, size=self.count, p=self.world.trade_curve)

    @cached_property
    def words(self) -> Ints:
        """The words of each need, title first."""
        return self.world.texts(self.trades, NEED_WORDS, 21)

    def texts(self) -> list[str]:
        """Spell what each need says."""
        return [self.world.say(row) for row in self.words]

    @cached_property
    def views(self) -> list[NeedView]:
        """The needs as the judge sees them."""
        rng = self.world.rng(22)
        skill, size = self.world.some_skills(self.trades, 23, 9)
        levels = rng.choice([0, 1, 2, 3, 4], size=len(skill), p=[0.1, 0.2, 0.35, 0.25, 0.1])
        essential = rng.random(len(skill)) < 0.6
        days = rng.integers(30, 300, size=self.count)
        known, limited = rng.random(self.count) < 0.9, rng.random(self.count) < 0.3
        place = rng.integers(len(self.world.places), size=self.count)
        first = np.cumsum(size) - size
        return [
            NeedView(
                id=n,
                occupation_id=f"T{self.trades[n]}",
                parent_occupation=f"P{self.trades[n] // 3}",
                skills=tuple(
                    self._needed(int(skill[at]), int(levels[at]), essential=bool(essential[at]))
                    for at in range(first[n], first[n] + size[n])
                ),
                posts=2,
                earliest=None,
                latest=date.fromordinal(TODAY.toordinal() + int(days[n])) if known[n] else None,
                point=self.world.places[place[n]],
                max_km=100.0 if limited[n] else None,
                title=self.world.say(self.words[n, :TITLE_WORDS]),
            )
            for n in range(self.count)
        ]

    def _needed(self, number: int, level: int, *, essential: bool) -> NeededSkill:
        _, label, macro = self.world.skills[number]
        importance = Importance.ESSENTIAL if essential else Importance.DESIRED
        return NeededSkill(number, level or None, importance, label, macro)
