"""From the title and contents of a course to the occupations it prepares for and the skills it teaches."""

import math
from dataclasses import dataclass, replace

from campus.matching.asking import shares
from campus.matching.diplomas import in_one_line, subject_of
from campus.matching.index import OccupationIndex, Proposal
from campus.matching.skill_index import SkillIndex, SkillProposal
from campus.matching.text import content_words

LIKELY_OCCUPATIONS = 12
# Words of job titles that tell at what level (1 to 8) a trade is entered; the first that a title holds.
TITLE_LEVELS = {
    **dict.fromkeys(("ouvrier", "ouvriere", "aide", "manoeuvre", "agent", "agente", "employe", "employee"), 3.0),
    **dict.fromkeys(("operateur", "operatrice", "conducteur", "conductrice", "vendeur", "vendeuse", "poseur"), 3.5),
    **dict.fromkeys(("technicien", "technicienne", "assistant", "assistante", "gestionnaire", "chef", "cheffe"), 5.0),
    **dict.fromkeys(("responsable", "charge", "chargee", "conseiller", "conseillere", "animateur", "animatrice"), 6.0),
    **dict.fromkeys(("ingenieur", "ingenieure", "directeur", "directrice", "consultant", "consultante"), 7.0),
    **dict.fromkeys(("chercheur", "chercheuse", "docteur", "professeur", "professeure"), 7.5),
}
# How much a level of distance takes off the confidence, in log-odds, beyond one level that costs nothing.
PER_LEVEL, FREE = 0.35, 1.0


@dataclass(frozen=True, slots=True)
class CourseReading:
    """What a course seems to prepare for and to teach, each the surest first."""

    occupations: tuple[Proposal, ...]
    skills: tuple[SkillProposal, ...]


def course_text(title: str, text: str) -> str:
    """Put the title and the contents of a course together, in the way that they are read."""
    return "\n".join(part for part in (title.strip(), text.strip()) if part)


def read_course(
    occupations: OccupationIndex,
    skills: SkillIndex,
    whole: str,
    *,
    level: int | None = None,
    most: int = LIKELY_OCCUPATIONS,
) -> CourseReading:
    """Propose at most `most` occupations and skills for a course, each the surest first; skills by the likeliest.

    `whole` is its title and its contents (see `course_text`); the places of the proposals point into it.
    `level` is that of its diploma (1 to 8): trades that are entered far from it are less sure.
    """
    if not whole:
        return CourseReading((), ())
    wanted = max(most, LIKELY_OCCUPATIONS)
    likely = of_level(occupations.propose_occupations(in_one_line(subject_of(whole)), wanted), level)
    probable = shares({one.occupation_id: one.share for one in likely[:LIKELY_OCCUPATIONS]})
    return CourseReading(tuple(likely[:most]), tuple(skills.propose(whole, probable, most)))


def of_level(likely: list[Proposal], level: int | None) -> list[Proposal]:
    """Make the trades that are entered far from a level (1 to 8) less sure, the others surer; all stay."""
    if level is None or not likely:
        return likely
    raw = [one.share * _fitness(one.title, level) for one in likely]
    scale = sum(one.share for one in likely) / max(sum(raw), 1e-9)
    weighed = [replace(one, share=round(min(1.0, value * scale), 4)) for one, value in zip(likely, raw, strict=True)]
    return sorted(weighed, key=lambda one: -one.share)


def _fitness(title: str, level: int) -> float:
    entered = next((TITLE_LEVELS[word] for word in content_words(title) if word in TITLE_LEVELS), None)
    if entered is None:
        return 1.0
    return math.exp(-PER_LEVEL * max(0.0, abs(entered - level) - FREE))
