"""How alike two needs are, for pools and duplicates: what they share, part by part, each with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from campus.matching.answers import Reason
from campus.matching.gates import distance_km
from campus.matching.values import HIGHEST_LEVEL, Importance, NeededSkill, NeedView, id_key

# What each part weighs; a part that is not known on both sides weighs nothing, and says so.
SKILLS, OCCUPATION, WINDOW, PLACE = 0.55, 0.2, 0.15, 0.1
FAMILY = 0.5
DESIRED = 0.5
FAR_KM = 60.0


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a likeness: its share (0 to 1), its weight, and the reason that tells it."""

    share: float
    weight: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two needs are: `score` from 0 to 1, `known` the weight of the parts that could be compared."""

    score: float
    known: float
    reasons: tuple[Reason, ...]


def likeness(one: NeedView, other: NeedView) -> Likeness:
    """Tell how alike two needs are; the same whichever comes first, and 1 for a need and itself.

    The score is the mean of the parts that are known on both sides, by their weights: skills (shared levels
    over all levels asked, as Ruzicka's index, a desired skill counting half), occupation (same 1, same parent
    one half), window (days in common over days of either) and place (1 at no distance, 0 from 60 km on, as
    the crow flies). A level that one side does not know is taken as the other side's.
    """
    parts = (_skills(one, other), _occupation(one, other), _window(one, other), _place(one, other))
    known = sum(part.weight for part in parts)
    score = sum(part.share * part.weight for part in parts) / known if known else 0.0
    return Likeness(round(score, 4), round(known, 4), tuple(part.reason for part in parts))


def most_alike(need: NeedView, others: Iterable[NeedView], *, least: float, limit: int) -> list[tuple[Any, Likeness]]:
    """List (id, likeness) of the needs at least so alike (0 to 1), the likest first, whatever the order given."""
    judged = [(other.id, likeness(need, other)) for other in others if other.id != need.id]
    kept = [(key, alike) for key, alike in judged if alike.score >= least]
    return sorted(kept, key=lambda pair: (-pair[1].score, -pair[1].known, id_key(pair[0])))[:limit]


def _skills(one: NeedView, other: NeedView) -> Part:
    mine, theirs = ({skill.skill_id: skill for skill in need.skills} for need in (one, other))
    if not mine and not theirs:
        return Part(0.0, 0.0, Reason("like.skills_unknown", "?"))
    least = most = 0.0
    for key in sorted({*mine, *theirs}, key=id_key):
        weights = _weights(mine.get(key), theirs.get(key))
        least, most = least + min(weights), most + max(weights)
    shared = sorted(max(mine[key].label, theirs[key].label) for key in mine.keys() & theirs.keys())
    values = {"shared": len(shared), "total": len({*mine, *theirs}), "labels": shared}
    return Part(
        least / most, SKILLS, Reason("like.skills" if shared else "like.no_skill", "+" if shared else "-", values)
    )


def _weights(mine: NeededSkill | None, theirs: NeededSkill | None) -> tuple[float, float]:
    levels = [skill.level for skill in (mine, theirs) if skill and skill.level is not None]
    unknown = levels[0] if levels else HIGHEST_LEVEL
    return _weight(mine, unknown), _weight(theirs, unknown)


def _weight(skill: NeededSkill | None, unknown: int) -> float:
    if skill is None:
        return 0.0
    return (skill.level or unknown) * (1.0 if skill.importance == Importance.ESSENTIAL else DESIRED)


def _occupation(one: NeedView, other: NeedView) -> Part:
    if one.occupation_id is None or other.occupation_id is None:
        return Part(0.0, 0.0, Reason("like.occupation_unknown", "?"))
    if one.occupation_id == other.occupation_id:
        return Part(1.0, OCCUPATION, Reason("like.occupation_same", "+"))
    if one.parent_occupation is not None and one.parent_occupation == other.parent_occupation:
        return Part(FAMILY, OCCUPATION, Reason("like.occupation_family", "+"))
    return Part(0.0, OCCUPATION, Reason("like.occupation_other", "-"))


def _window(one: NeedView, other: NeedView) -> Part:
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return Part(0.0, 0.0, Reason("like.window_unknown", "?"))
    common = _days(max(one.earliest, other.earliest), min(one.latest, other.latest))
    either = _days(one.earliest, one.latest) + _days(other.earliest, other.latest) - max(common, 0)
    if common > 0:
        return Part(common / either, WINDOW, Reason("like.window", "+", {"days": common}))
    return Part(0.0, WINDOW, Reason("like.window_apart", "-", {"days": 1 - common}))


def _days(first: date, last: date) -> int:
    """Count the days from the first to the last, both included; 0 or less when they do not meet."""
    return (last - first).days + 1


def _place(one: NeedView, other: NeedView) -> Part:
    if one.point is None or other.point is None:
        return Part(0.0, 0.0, Reason("like.place_unknown", "?"))
    km = round(distance_km(one.point, other.point), 1)
    share = max(0.0, 1 - km / FAR_KM)
    return Part(share, PLACE, Reason("like.near" if share else "like.far", "+" if share else "-", {"km": km}))
