"""What a firm objects to a course, with the facts of that day, and whether the objection still holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeAlias

from campus.matching.answers import Match, OccupationCloseness
from campus.matching.gates import can_register, distance_km
from campus.matching.values import CourseView, NeedView, SessionView

Facts: TypeAlias = Mapping[str, Any]
# What makes an answer to "too far", "too long" or "too late": a little nearer would not be one.
LESS = 0.8
SOONER_DAYS = 7
OCCUPATION_ORDER = {kind.value: rank for rank, kind in enumerate(OccupationCloseness)}


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a firm said that a course is not an answer, and the facts of the match on that day (`facts_of`)."""

    reason: str
    facts: Facts = field(default_factory=dict)


def facts_of(need: NeedView, course: CourseView, match: Match, *, today: date) -> dict[str, Any]:
    """Give the facts of a match as JSON-able values: what objections are held against, and what staff count.

    `km` is the distance in km to the nearest session one may register for, `ends_on` the earliest end of
    these, `reached` the levels brought to the need's skills, none counted over the required one, `beyond`
    the levels above the required ones and those asked at the entry. None stands for not known.
    """
    usable = [one for one in course.sessions if can_register(one, today)]
    return {
        "hours": course.hours,
        "km": _nearest(need, usable),
        "ends_on": min((one.end.isoformat() for one in usable if one.end), default=None),
        "latest": need.latest.isoformat() if need.latest else None,
        "occupation": match.occupation.value,
        "wording": match.wording,
        "reached": sum(min(one.reached, one.required or one.reached) for one in match.coverage.skills),
        "beyond": sum(max(0, one.reached - (one.required or one.reached)) for one in match.coverage.skills)
        + sum(outcome.entry_level for outcome in course.outcomes),
        "essential_met": match.coverage.essential_met,
        "essential_partial": match.coverage.essential_partial,
        "essential_missing": match.coverage.essential_missing,
        "gates": {gate.name: gate.code for gate in match.gates},
        "closeness": sorted(one.closeness.value for one in match.coverage.skills),
        "rules_version": match.rules_version,
    }


def _nearest(need: NeedView, sessions: list[SessionView]) -> float | None:
    here = need.point
    if here is None:
        return None
    return min((round(distance_km(here, one.point), 1) for one in sessions if one.point), default=None)


def still_holds(reason: str, then: Facts, now: Facts) -> bool:
    """Tell whether an objection still holds, from the facts of its day and those of today.

    It stops holding when what was objected to has clearly changed: a distance or a duration a fifth
    shorter at least, an end a week earlier (or as much more time left), a nearer occupation, more levels
    reached, fewer levels beyond what is asked. Without a fact on either side, or a rule, it holds.
    """
    changed = CHANGED.get(reason)
    return changed is None or not changed(then, now)


def told(reason: str, then: Facts, now: Facts) -> dict[str, Any]:
    """Give the values of the reason that tells an objection: which it is, and its fact then and now."""
    name = FACT.get(reason)
    return {"reason": reason, "before": then.get(name) if name else None, "after": now.get(name) if name else None}


def _less(name: str) -> Callable[[Facts, Facts], bool]:
    def changed(then: Facts, now: Facts) -> bool:
        return _known(name, then, now) and now[name] <= then[name] * LESS and now[name] < then[name]

    return changed


def _sooner(then: Facts, now: Facts) -> bool:
    if not _known("ends_on", then, now):
        return False
    gained = _days(now["ends_on"], then["ends_on"])
    if _known("latest", then, now):
        gained += _days(then["latest"], now["latest"])
    return gained >= timedelta(days=SOONER_DAYS)


def _days(earlier: str, later: str) -> timedelta:
    return date.fromisoformat(later) - date.fromisoformat(earlier)


def _nearer_occupation(then: Facts, now: Facts) -> bool:
    if not _known("occupation", then, now):
        return False
    return OCCUPATION_ORDER[now["occupation"]] < OCCUPATION_ORDER[then["occupation"]]


def _more_reached(then: Facts, now: Facts) -> bool:
    return _known("reached", then, now) and bool(now["reached"] > then["reached"])


def _fewer_beyond(then: Facts, now: Facts) -> bool:
    return _known("beyond", then, now) and bool(now["beyond"] < then["beyond"])


def _known(name: str, then: Facts, now: Facts) -> bool:
    return then.get(name) is not None and now.get(name) is not None


CHANGED: dict[str, Callable[[Facts, Facts], bool]] = {
    "too_far": _less("km"),
    "too_long": _less("hours"),
    "too_late": _sooner,
    "other_trade": _nearer_occupation,
    "level_too_low": _more_reached,
    "level_too_high": _fewer_beyond,
}
FACT = {
    "too_far": "km",
    "too_long": "hours",
    "too_late": "ends_on",
    "other_trade": "occupation",
    "level_too_low": "reached",
    "level_too_high": "beyond",
}
