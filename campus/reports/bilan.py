"""The frames of the French pedagogical and financial report of a year (Cerfa 10443), and what does not add up. Pure.

Frame C is what came in by origin, D what was spent, both from accounting; E who taught; F whom, towards what, in which
speciality, in people and hours; G what was entrusted to others. A person counts once for each session that they began
in the year. Their hours are those signed on the sheets; without any sheet, those of the programme when they finished.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from campus.reports.training import FINISHED

ORIGINS = (
    "firms",
    "apprenticeship",
    "alternance",
    "reconversion",
    "personal_account",
    "plan",
    "unemployed",
    "state",
    "region",
    "jobcentre",
    "individuals",
    "others",
)
CHARGES = ("charges", "purchases", "wages")
ENTRUSTED = ("entrusted",)
LINES = (*ORIGINS, *CHARGES, *ENTRUSTED)
MAIN_SPECIALITIES = 5


@dataclass(frozen=True, slots=True)
class Learner:
    """One person in one session begun in the year; `minutes` None when no sheet says how long they were there.

    The speciality is the group of three digits of the course's NSF code, empty where the course has none.
    """

    kind: str
    objective: str
    speciality: str
    state: str
    minutes: int | None
    programme: int | None

    @property
    def done(self) -> int:
        """Count the minutes done: signed, or those of the programme when it was finished without a sheet."""
        if self.minutes is not None:
            return self.minutes
        return 60 * (self.programme or 0) if self.state in FINISHED else 0


@dataclass(frozen=True, slots=True)
class Teacher:
    """What one trainer taught in the year, in minutes of half-days that took place."""

    name: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Year:
    """What is known of a year: who learnt, who taught, half-days without a trainer, what accounting says."""

    learners: tuple[Learner, ...]
    teachers: tuple[Teacher, ...]
    slots_alone: int
    amounts: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class SpecialityLine:
    """A speciality in frame F 4; `line` is its line of the form, None where it is summed with the others."""

    group: str
    people: int
    hours: Decimal
    line: int | None


@dataclass(frozen=True, slots=True)
class Check:
    """Something that should add up: its name, the two sides or the number found, and whether it is right."""

    name: str
    found: Decimal
    expected: Decimal
    right: bool


Frame = dict[str, tuple[int, Decimal]]


def frame_of(learners: Iterable[Learner], key: Callable[[Learner], str]) -> Frame:
    """Add up people and hours by kind, by objective or by speciality."""
    found: dict[str, list[Learner]] = {}
    for each in learners:
        found.setdefault(key(each), []).append(each)
    return {name: (len(group), hours_of(group)) for name, group in sorted(found.items())}


def hours_of(learners: Iterable[Learner]) -> Decimal:
    """Add hours up, then round them to a tenth, halves up: so the total of every frame is the same."""
    return (Decimal(sum(each.done for each in learners)) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)


def specialities(learners: Iterable[Learner]) -> list[SpecialityLine]:
    """Rank the specialities by people, then hours; the first five have a line each, those not told never have one."""
    frame = frame_of(learners, lambda each: each.speciality)
    ranked = sorted(frame, key=lambda group: (-frame[group][0], -frame[group][1], group))
    lines = {group: place for place, group in enumerate((each for each in ranked if each), start=1)}
    return [
        SpecialityLine(group, *frame[group], lines[group] if lines.get(group, math.inf) <= MAIN_SPECIALITIES else None)
        for group in ranked
    ]


def checks(year: Year) -> list[Check]:
    """Compare what should be equal, and count what is missing."""
    learners = year.learners
    missing = {
        "kind": sum(each.kind == "unknown" for each in learners),
        "speciality": sum(not each.speciality for each in learners),
        "sheet": sum(each.minutes is None for each in learners),
        "programme": sum(each.minutes is None and not each.programme for each in learners),
        "level": sum(each.objective == "rncp" for each in learners),
        "trainer": year.slots_alone,
        "teaching": int(bool(learners) and not year.teachers),
        "income": int(not any(line in year.amounts for line in ORIGINS)),
        "charges": int("charges" not in year.amounts),
    }
    nothing = Decimal(0)
    return [
        *_totals(learners),
        *(Check(name, Decimal(found), nothing, not found) for name, found in missing.items()),
        _at_most("purchases", year.amounts),
        _at_most("wages", year.amounts),
    ]


def _totals(learners: tuple[Learner, ...]) -> list[Check]:
    whole = Decimal(len(learners))
    frames = {
        "f1": frame_of(learners, lambda each: each.kind),
        "f3": frame_of(learners, lambda each: each.objective),
        "f4": frame_of(learners, lambda each: each.speciality),
    }
    sums = {name: Decimal(sum(people for people, _hours in frame.values())) for name, frame in frames.items()}
    return [Check(name, found, whole, found == whole) for name, found in sums.items()]


def _at_most(line: str, amounts: Mapping[str, Decimal]) -> Check:
    """Compare a part of the charges with them all."""
    part, whole = amounts.get(line, Decimal(0)), amounts.get("charges", Decimal(0))
    return Check(line, part, whole, part <= whole)
