"""A draft course made of a group of uncovered skills."""

from __future__ import annotations

import uuid

from campus import db
from campus.errors import Refused
from campus.models import Account
from campus.planning.creation import Group
from campus.queries.courses import occupations_with, skills_with
from campus.queries.creation import draft_for, group_of
from campus.services.courses import CourseDetails, draft_course

MOST_OCCUPATIONS, TITLE_SKILLS, LONGEST = 5, 2, 250


class NothingToCreate(Refused):
    """No need lacks this skill any more."""


def draft_from_group(actor: Account, skill_id: int) -> uuid.UUID:
    """Draft the course that a group asks for and give its key; a group that shows a draft already keeps that one."""
    db.one_at_a_time("creation")
    group = group_of(skill_id)
    if group is None:
        raise NothingToCreate
    found = draft_for(group)
    return found.id if found else draft_course(actor, details_of(group)).id


def details_of(group: Group) -> CourseDetails:
    """Propose a course: the skills from the level that others bring to the highest asked, the occupations that ask.

    What a course says is in French, as its fields are.
    """
    skills = skills_with(line.skill for line in group.skills)
    kept = [key for key, _posts in group.occupations[:MOST_OCCUPATIONS]]
    labels = [skills[line.skill].label for line in group.skills]
    first = [each.label for each in occupations_with(kept[:1])]
    return CourseDetails(
        title=_title(labels, first[0] if first else ""),
        objectives="\n".join(["À l’issue de la formation, être capable de :", "", *(f"- {each}" for each in labels)]),
        occupations=tuple(kept),
        outcomes=tuple((line.skill, line.reached, line.exit) for line in group.skills),
    )


def _within(label: str) -> str:
    """Write a label inside a sentence; an acronym keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _title(labels: list[str], occupation: str) -> str:
    title = " et ".join([labels[0], *(_within(each) for each in labels[1:TITLE_SKILLS])])
    whole = f"{title} ({occupation})" if occupation else title
    return whole if len(whole) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"
