"""Step 1 of the wizard: proposals, choices, and the buttons that change them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from campus.models import Importance, Occupation, Skill
from campus.queries.need_choices import occupations_by_id, skills_by_id
from campus.queries.quotations import passages
from campus.queries.understanding import Found, Proposals, find_occupations, find_skills, kept_at_first, propose
from campus.web.employers.need_answers import Typed, importance_of
from campus.web.filters import language


@dataclass(frozen=True)
class Line:
    """A skill on the page: kept or not, with what was said of it."""

    skill: Skill
    kept: bool
    level: str
    importance: Importance
    words: tuple[str, ...] = ()
    proposed: bool = False
    core: bool = False

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
    passages: list[tuple[str, bool]] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
    chosen_for_you: str = ""
    by_hand: str = ""

    @property
    def proposed(self) -> int:
        """Count the skills that the text proposes."""
        return sum(line.proposed for line in self.lines)

    @property
    def kept(self) -> int:
        """Count the skills kept."""
        return sum(line.kept for line in self.lines)


def reading(typed: Typed) -> Proposals:
    """Read the advert, for the occupation that the person chose if they did."""
    advert, said = (typed.get("advert") or [""])[-1], (typed.get("occupation") or [""])[-1]
    chosen = int(said) if said.isdigit() and said not in typed.get("chosen_for_you", []) else None
    return propose(advert, chosen) if advert.strip() or chosen else Proposals()


def shown(typed: Typed, found: Proposals | None = None) -> Trade:
    """Gather what the page shows for what has been typed; what was found is given while it is being typed."""
    live, found = found is not None, found or reading(typed)
    advert, chosen = (typed.get("advert") or [""])[-1], (typed.get("occupation") or [""])[-1]
    runs = [run for each in (*found.occupations, *found.skills) for run in each.places]
    return Trade(
        choices=_choices(chosen, found.occupations),
        other=chosen == "other",
        lines=_lines(typed, found.skills),
        found_occupations=[] if live else _found(typed, "occupation_search", find_occupations),
        found_skills=[] if live else _found(typed, "skill_search", find_skills),
        asked=bool(advert.strip()),
        passages=passages(advert, runs) if runs else [],
        ticked=typed.get("ticked", []),
        chosen_for_you=(typed.get("chosen_for_you") or [""])[-1],
        by_hand=(typed.get("by_hand") or [""])[-1],
    )


def _choices(chosen: str, proposed: Iterable[Found]) -> list[Choice]:
    words = {each.id: each.words for each in proposed}
    ids = list(dict.fromkeys([*words, *([int(chosen)] if chosen.isdigit() else [])]))
    known = occupations_by_id(ids)
    return [Choice(known[each], str(each) == chosen, words.get(each, ())) for each in ids if each in known]


def _lines(typed: Typed, proposed: Sequence[Found]) -> list[Line]:
    words, core = {str(each.id): each.words for each in proposed}, {str(each.id) for each in proposed if each.core}
    rows = [each for each in dict.fromkeys(typed.get("row") or words) if each.isdigit()]
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
            core=each in core,
        )
        for each in rows
        if int(each) in known
    ]


def _found(typed: Typed, name: str, find: Any) -> list[Found]:
    text = (typed.get(name) or [""])[-1].strip()
    return find(text) if text else []


def opened(typed: Typed) -> Trade:
    """Show what the draft holds; a text that was kept before anything was proposed gets its proposals now."""
    if "row" in typed or not (typed.get("advert") or [""])[-1].strip():
        return shown(typed)
    typed, _found = proposed(typed)
    return shown(typed)


def press(button: str, typed: Typed) -> Typed:
    """Do what a button of the step asks; give what was typed as it stands then."""
    if button == "propose":
        return proposed(typed)[0]
    what, _, key = button.partition(":")
    if what == "take" and key.isdigit():
        return proposed({**typed, "occupation": [key], "occupation_search": [""], "chosen_for_you": [""]})[0]
    if what == "add" and key.isdigit():
        typed = with_skill(typed, key)
    return taken(typed)


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


def proposed(typed: Typed) -> tuple[Typed, Proposals]:
    """Read the advert: new proposals take the place of the old ones, whatever the person chose stays.

    What was ticked or chosen for the person (`ticked`, `chosen_for_you`) follows the text until they touch it.
    """
    typed = taken(typed)
    found, free = reading(typed), not by_hand(typed)
    typed["by_hand"] = [""] if free else ["yes"]
    if (typed.get("occupation") or [""])[-1] in {"", *typed.get("chosen_for_you", [])}:
        first = [str(found.occupations[0].id)] if found.occupations else [""]
        typed |= {"occupation": first, "chosen_for_you": first}
    for each in found.skills:
        if free or f"importance-{each.id}" not in typed:
            typed[f"importance-{each.id}"] = [default_importance(each)]
    return {**typed, **rows(typed, found.skills, free=free)}, found


def rows(typed: Typed, found: Sequence[Found], *, free: bool) -> Typed:
    """List the lines of skills: those kept by hand, then those proposed, the likeliest of which are ticked if free."""
    kept = [] if free else typed.get("keep", [])
    lines = dict.fromkeys([each for each in typed.get("row", []) if each in kept] + [str(each.id) for each in found])
    if not free:
        return {"row": list(lines), "ticked": []}
    likely = kept_at_first(found)
    return {
        "row": list(lines),
        "keep": [str(each.id) for each in likely],
        "ticked": [f"{each.id}:{default_importance(each)}" for each in likely],
    }


def by_hand(typed: Typed) -> bool:
    """Tell whether the person has changed anything in the lines ticked for them, now or before."""
    if "yes" in typed.get("by_hand", []):
        return True
    ticked = dict(each.split(":", 1) for each in typed.get("ticked", []) if ":" in each)
    moved = any(
        (typed.get(f"level-{each}") or [""])[-1] or importance_of(typed, each).value != importance
        for each, importance in ticked.items()
    )
    return moved or set(typed.get("keep", [])) != set(ticked)


def default_importance(found: Found) -> str:
    """Give the importance of a skill that is proposed: essential when the text names it or the trade rests on it."""
    return (Importance.ESSENTIAL if found.named or found.core else Importance.DESIRED).value
