"""Step 1 of the wizard: proposals, choices, and the buttons that change them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from campus.models import Importance, Occupation, Skill
from campus.queries.need_choices import occupations_by_id, skills_by_id
from campus.queries.understanding import Found, find_occupations, find_skills, propose
from campus.web.employers.need_answers import Answers, Typed, importance_of
from campus.web.filters import language

KEPT_AT_FIRST, MOST_KEPT_AT_FIRST = 5, 8


@dataclass(frozen=True)
class Line:
    """A skill on the page: kept or not, with what was said of it."""

    skill: Skill
    kept: bool
    level: str
    importance: Importance
    words: tuple[str, ...] = ()
    proposed: bool = False

    @property
    def gestures(self) -> list[tuple[int, str]]:
        """List what one sees at each level, in the reader's language where it is written."""
        written = self.skill.gestures.get(language()) or self.skill.gestures.get("fr") or {}
        return [(n, written[str(n)]) for n in (1, 2, 3, 4) if written.get(str(n))]


@dataclass(frozen=True)
class Choice:
    """An occupation on the page."""

    occupation: Occupation
    chosen: bool
    words: tuple[str, ...] = ()


@dataclass
class Trade:
    """What step 1 shows."""

    choices: list[Choice] = field(default_factory=list)
    other: bool = False
    lines: list[Line] = field(default_factory=list)
    found_occupations: list[Found] = field(default_factory=list)
    found_skills: list[Found] = field(default_factory=list)
    asked: bool = False

    @property
    def kept(self) -> int:
        """Count the skills kept."""
        return sum(line.kept for line in self.lines)


def shown(answers: Answers) -> Trade:
    """Gather what the page shows for what has been typed."""
    typed, proposals = answers.typed("trade"), answers.kept.get("proposals") or {}
    chosen = (typed.get("occupation") or [""])[-1]
    return Trade(
        choices=_choices(chosen, proposals.get("occupations") or []),
        other=chosen == "other",
        lines=_lines(typed, proposals.get("skills") or []),
        found_occupations=_found(typed, "occupation_search", find_occupations),
        found_skills=_found(typed, "skill_search", find_skills),
        asked=bool(proposals),
    )


def _choices(chosen: str, proposed: list[list[Any]]) -> list[Choice]:
    words = {each: tuple(said) for each, said in proposed}
    ids = list(dict.fromkeys([*words, *([int(chosen)] if chosen.isdigit() else [])]))
    known = occupations_by_id(ids)
    return [Choice(known[each], str(each) == chosen, words.get(each, ())) for each in ids if each in known]


def _lines(typed: Typed, proposed: list[list[Any]]) -> list[Line]:
    words = {str(each): tuple(said) for each, said in proposed}
    rows = [each for each in dict.fromkeys(typed.get("row", ())) if each.isdigit()]
    known = skills_by_id(int(each) for each in rows)
    kept = set(typed.get("keep", ()))
    return [
        Line(
            known[int(each)],
            kept=each in kept,
            level=(typed.get(f"level-{each}") or [""])[-1],
            importance=importance_of(typed, each),
            words=words.get(each, ()),
            proposed=each in words,
        )
        for each in rows
        if int(each) in known
    ]


def _found(typed: Typed, name: str, find: Any) -> list[Found]:
    text = (typed.get(name) or [""])[-1].strip()
    return find(text) if text else []


def press(button: str, typed: Typed, proposals: dict[str, Any]) -> tuple[Typed, dict[str, Any]]:
    """Do what a button of the step asks; give what was typed as it stands then, and the proposals."""
    if button == "propose":
        return proposed(typed)
    what, _, key = button.partition(":")
    if what == "take" and key.isdigit():
        return proposed({**typed, "occupation": [key], "occupation_search": [""]})
    if what == "add" and key.isdigit():
        typed = with_skill(typed, key)
    return taken(typed), proposals


def taken(typed: Typed) -> Typed:
    """Take what was picked from the lists that open while typing."""
    occupation = (typed.get("occupation_found") or [""])[-1]
    if occupation.isdigit():
        typed = {**typed, "occupation": [occupation], "occupation_search": [""]}
    skill = (typed.get("skill_found") or [""])[-1]
    if skill.isdigit():
        typed = with_skill(typed, skill)
    return {name: said for name, said in typed.items() if name not in {"occupation_found", "skill_found"}}


def with_skill(typed: Typed, key: str) -> Typed:
    """Keep one more skill."""
    rows, kept = typed.get("row", []), typed.get("keep", [])
    return {
        **typed,
        "row": [*(each for each in rows if each != key), key] if key not in rows else rows,
        "keep": [*kept, key] if key not in kept else kept,
        "skill_search": [""],
    }


def proposed(typed: Typed) -> tuple[Typed, dict[str, Any]]:
    """Read the advert: new proposals take the place of the old ones, whatever the person kept stays."""
    said = (typed.get("occupation") or [""])[-1]
    chosen = int(said) if said.isdigit() else None
    found = propose((typed.get("advert") or [""])[-1], chosen)
    kept = typed.get("keep", [])
    rows = dict.fromkeys([*(each for each in typed.get("row", []) if each in kept)])
    rows |= dict.fromkeys(str(each.id) for each in found.skills)
    typed = {**typed, "row": list(rows)}
    if not kept:
        named = [each for each in found.skills if each.named]
        likely = named[:MOST_KEPT_AT_FIRST] if len(named) >= KEPT_AT_FIRST else found.skills[:KEPT_AT_FIRST]
        typed["keep"] = [str(each.id) for each in likely]
    for each in found.skills:
        default = Importance.ESSENTIAL if each.named else Importance.DESIRED
        typed.setdefault(f"importance-{each.id}", [default.value])
    if found.occupations and not said:
        typed["occupation"] = [str(found.occupations[0].id)]
    return taken(typed), {
        "occupations": [[each.id, list(each.words)] for each in found.occupations],
        "skills": [[each.id, list(each.words)] for each in found.skills],
    }
