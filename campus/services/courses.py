"""What the staff do with courses: draft, revise, publish, suspend, archive, reopen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, CertificationKind, Course, CourseOutcome, CourseState, Modality
from campus.queries.catalogue_index import REVISION
from campus.queries.courses import missing_for_publication, occupations_with, skills_with
from campus.queries.live_index import get_ready
from campus.services import audit
from campus.services.matches import match_course
from campus.services.revisions import bump

PLAIN = (
    "title",
    "objectives",
    "content",
    "prerequisites",
    "hours",
    "modality",
    "certification_kind",
    "certification_code",
    "certification_level",
    "certification_ends_on",
    "nsf_code",
)


class CourseIsIncomplete(Refused):
    """The course lacks something to be published; `missing` names it."""


class CourseChangedMeanwhile(Refused):
    """Somebody else saved the course since the page was opened."""


class CourseCannotDoThat(Refused):
    """The course is not in a state that allows this."""


@dataclass(frozen=True)
class CourseDetails:
    """All that one may say of a course; `outcomes` are (skill, entry level, exit level) in their order."""

    title: str
    objectives: str = ""
    content: str = ""
    prerequisites: str = ""
    hours: int | None = None
    modality: Modality = Modality.ON_SITE
    certification_kind: CertificationKind = CertificationKind.NONE
    certification_code: str = ""
    certification_level: int | None = None
    certification_ends_on: date | None = None
    nsf_code: str = ""
    occupations: tuple[int, ...] = ()
    outcomes: tuple[tuple[int, int, int], ...] = ()


def details_of(course: Course) -> CourseDetails:
    """Say what a course is, in the words of its form."""
    return CourseDetails(
        **{name: getattr(course, name) for name in PLAIN},
        occupations=tuple(sorted(each.id for each in course.occupations)),
        outcomes=tuple((each.skill_id, each.entry_level, each.exit_level) for each in course.outcomes),
    )


def draft_course(actor: Account, details: CourseDetails) -> Course:
    """Write a new course that only the staff see."""
    course = Course(title=details.title)
    db.session.add(course)
    _write(course, details)
    db.session.flush()
    audit.record(actor, "course_drafted", course, title=course.title)
    _tell(course)
    return course


def revise_course(actor: Account, course: Course, details: CourseDetails, *, version: int) -> Course:
    """Change a course, unless somebody else did since this version."""
    _lock(course)
    if course.version != version:
        raise CourseChangedMeanwhile
    before = details_of(course)
    changes = differences(before, details)
    if not changes:
        return course
    _write(course, details)
    if course.state == CourseState.PUBLISHED:
        _check_complete(course)
    db.session.flush()
    audit.record(actor, "course_revised", course, **changes)
    _tell(course)
    return course


def publish_course(actor: Account, course: Course) -> Course:
    """Show a complete course to everybody, and look for the needs that wait for it."""
    _lock(course)
    _allow(course, CourseState.DRAFT, CourseState.SUSPENDED)
    _check_complete(course)
    course.published_at = course.published_at or clock.now()
    return _turn(actor, course, CourseState.PUBLISHED)


def suspend_course(actor: Account, course: Course) -> Course:
    """Take a course off the catalogue for a time; its sessions go on."""
    _lock(course)
    _allow(course, CourseState.PUBLISHED)
    return _turn(actor, course, CourseState.SUSPENDED)


def archive_course(actor: Account, course: Course) -> Course:
    """Put away a course that is not taught any more."""
    _lock(course)
    _allow(course, CourseState.DRAFT, CourseState.SUSPENDED, CourseState.PUBLISHED)
    return _turn(actor, course, CourseState.ARCHIVED)


def reopen_course(actor: Account, course: Course) -> Course:
    """Take an archived course back to draft."""
    _lock(course)
    _allow(course, CourseState.ARCHIVED)
    return _turn(actor, course, CourseState.DRAFT)


def differences(before: Any, after: Any) -> dict[str, Any]:
    """Give what differs between two descriptions of the same thing, field by field, as [before, after]."""
    old, new = asdict(before), asdict(after)
    return {name: [old[name], new[name]] for name in old if old[name] != new[name]}


def _lock(course: Course) -> None:
    """Read the course again and keep others from changing it until the end of the transaction."""
    db.session.refresh(course, with_for_update={"key_share": True})
    get_ready()


def _allow(course: Course, *states: CourseState) -> None:
    if course.state not in states:
        raise CourseCannotDoThat


def _check_complete(course: Course) -> None:
    missing = missing_for_publication(course, clock.today())
    if missing:
        raise CourseIsIncomplete(missing=missing)


def _turn(actor: Account, course: Course, state: CourseState) -> Course:
    before = course.state
    course.state = state
    db.session.flush()
    audit.record(actor, "course_" + state.value, course, state=[before, state])
    _tell(course)
    return course


def _write(course: Course, details: CourseDetails) -> None:
    for name in PLAIN:
        setattr(course, name, getattr(details, name))
    course.occupations = occupations_with(details.occupations)
    _write_outcomes(course, details.outcomes)
    # The skills are rows of their own: the course itself must move too, for its version to count the change.
    course.updated_at = clock.now()


def _write_outcomes(course: Course, outcomes: tuple[tuple[int, int, int], ...]) -> None:
    """Keep the lines that stay, so that a line never leaves and comes back under the same key."""
    kept = {each.skill_id: each for each in course.outcomes}
    skills = skills_with(skill_id for skill_id, _entry, _exit in outcomes)
    lines = []
    for position, (skill_id, entry, exit_) in enumerate(outcomes):
        line = kept.get(skill_id) or CourseOutcome(skill=skills[skill_id])
        line.entry_level, line.exit_level, line.position = entry, exit_, position
        lines.append(line)
    course.outcomes = lines


def _tell(course: Course) -> None:
    """Let those know who depend on the course."""
    bump(REVISION)
    match_course(course)
