"""Reasons as data with stable codes, and matches to and from JSON-able values.

Every code a page must be able to say, with the values it carries, stands in `CODES`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from campus.matching.answers import (
    Closeness,
    Coverage,
    Gate,
    Match,
    OccupationCloseness,
    Reason,
    SkillCoverage,
    Status,
    Verdict,
)
from campus.matching.values import Importance


class Code(NamedTuple):
    """What a reason code says: its sign, the names of its values, and a note where they need one."""

    sign: str
    carries: tuple[str, ...] = ()
    note: str = ""


def _code(sign: str, carries: str = "", note: str = "") -> Code:
    return Code(sign, tuple(carries.split()), note)


SKILL = "skill_id label importance required before reached low high"
OBJECTION = "reason before after"
CODES: dict[str, Code] = {
    # Gates.
    "dates.in_time": _code("+", "session_id starts_on ends_on latest days", "`days` of slack"),
    "dates.too_late": _code("-", "session_id starts_on ends_on latest days change", "`days` too many; change: days"),
    "dates.registration_closed": _code("-", "session_id starts_on ends_on deadline"),
    "dates.no_session": _code("?", "", "no session to come"),
    "dates.not_dated": _code("?", "session_id starts_on ends_on", "the session has no end date yet"),
    "dates.no_latest": _code("?", "session_id starts_on ends_on", "the need has no latest date"),
    "entry.none_asked": _code("+"),
    "entry.met": _code("+", "", "the profile has every entry level"),
    "entry.too_low": _code("-", "skills change", "skills: skill_id label required has; change: levels, all added up"),
    "entry.unknown": _code("?", "skills", "skills: skill_id label required; levels that nobody has told yet"),
    "seats.enough": _code("+", "session_id seats posts"),
    "seats.some": _code("+", "session_id seats posts missing", "fewer seats than posts"),
    "seats.none": _code("-", "session_id seats posts change", "change: seats"),
    "seats.unknown": _code("?", "posts"),
    "distance.near": _code("+", "session_id km max_km"),
    "distance.too_far": _code("-", "session_id km max_km change", "change: km"),
    "distance.remote": _code("+", "session_id", "one follows the session from anywhere"),
    "distance.unknown": _code("?", "max_km"),
    "distance.no_limit": _code("+"),
    "certification.valid": _code("+", "session_id valid_until starts_on"),
    "certification.expires": _code("-", "session_id valid_until starts_on change", "change: days"),
    "certification.unknown": _code("?", "valid_until", "the session has no start date yet"),
    "certification.no_end": _code("+"),
    # One per needed skill.
    "skill.met": _code("+", SKILL),
    "skill.partial": _code("+", SKILL, "a level under the required one is reached"),
    "skill.level_unknown": _code("?", SKILL, "reached, but the required level is not known"),
    "skill.entry_unknown": _code("?", f"{SKILL} hoped entry_asked", "brings more to who has the entry level"),
    "skill.close_macro": _code("+", f"{SKILL} via_skill_id via_label", "a skill of the same macro-skill is taught"),
    "skill.close_sheet": _code(
        "+", f"{SKILL} via_skill_id via_label", "one of the same sheet, worded alike, is taught"
    ),
    "skill.close_wording": _code("+", f"{SKILL} via_skill_id via_label", "a skill worded alike is taught"),
    "skill.person_unknown": _code("?", SKILL, "not taught; the person has not said what they can do"),
    "skill.missing": _code("-", SKILL),
    # The course as a whole.
    "occupation.same": _code("+", "occupation_id"),
    "occupation.same_parent": _code("+", "parent_occupation"),
    "wording.title": _code("+", "likeness", "how alike the titles are, 0 to 1"),
    "feedback.rejected": _code("-", OBJECTION, "the firm said it is not relevant: ranked after the others"),
    "feedback.outdated": _code("+", OBJECTION, "what the firm objected to has changed: ranked with the others"),
    # What the need must say first, or might say for a better answer.
    "need.few_skills": _code("-", "have want missing"),
    "need.no_essential": _code("-"),
    "need.levels_unknown": _code("?", "count skills", "skills: skill_id label"),
    "need.no_occupation": _code("?"),
    "need.no_latest": _code("?"),
    "need.no_place": _code("?"),
    # What two needs have in common.
    "like.skills": _code("+", "shared total labels", "`total` counts the skills of either"),
    "like.no_skill": _code("-", "shared total labels"),
    "like.skills_unknown": _code("?"),
    "like.occupation_same": _code("+"),
    "like.occupation_family": _code("+", "", "same parent"),
    "like.occupation_other": _code("-"),
    "like.occupation_unknown": _code("?"),
    "like.window": _code("+", "days", "days in common"),
    "like.window_apart": _code("-", "days", "days from the end of one to the start of the other"),
    "like.window_unknown": _code("?"),
    "like.near": _code("+", "km"),
    "like.far": _code("-", "km"),
    "like.place_unknown": _code("?"),
    # What a course adds to a person.
    "gain.adds": _code("+", "skill_id label before after"),
    "gain.perhaps": _code("?", "skill_id label after entry_asked", "the person has not said their level"),
    "gain.already": _code("-", "skill_id label before exit_level"),
    "gain.blocked": _code("-", "skill_id label before entry_asked exit_level"),
}
# Rows of older rules also hold the reasons that gates and skills give: those are made again, not read.
OTHERS = frozenset({"feedback", "occupation", "wording"})


def to_json(match: Match) -> dict[str, Any]:
    """Turn a match into values that `json.dumps` accepts, if its ids are texts or numbers.

    Under `reasons` stand only those that neither a gate nor a skill gives: the others are made of what is there.
    """
    data: dict[str, Any] = as_json(match)
    data["reasons"] = data.pop("others")
    return data


def as_json(part: Any) -> Any:
    """Turn a part of an answer into dictionaries, lists and the plain values that it holds."""
    if isinstance(part, tuple):
        return [as_json(one) for one in part]
    if isinstance(part, str) or not hasattr(part, "__dataclass_fields__"):
        return part
    return {name: as_json(getattr(part, name)) for name in part.__slots__}


def from_json(data: Mapping[str, Any]) -> Match:
    """Rebuild a match from `to_json`, before or after a passage through JSON text."""
    parts = dict(data)
    parts["gates"] = tuple(_gate(one) for one in parts["gates"])
    parts["coverage"] = _coverage(parts["coverage"])
    parts["occupation"] = OccupationCloseness(parts["occupation"])
    parts["others"] = tuple(Reason(**one) for one in parts.pop("reasons") if one["code"].split(".")[0] in OTHERS)
    return Match(**parts)


def _gate(data: Mapping[str, Any]) -> Gate:
    return Gate(**{**data, "verdict": Verdict(data["verdict"])})


def _coverage(data: Mapping[str, Any]) -> Coverage:
    return Coverage(**{**data, "skills": tuple(_skill(one) for one in data["skills"])})


def _skill(data: Mapping[str, Any]) -> SkillCoverage:
    parts = dict(data)
    for name, kind in (("importance", Importance), ("closeness", Closeness), ("status", Status)):
        parts[name] = kind(parts[name])
    return SkillCoverage(**parts)
