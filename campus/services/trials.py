"""Needs tried against the courses and kept nowhere: from an advert, or from a file."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from campus import db
from campus.exchange.need_file import AskedNeed, AskedSkill
from campus.exchange.refusals import FileRefused
from campus.matching.answers import Answer
from campus.matching.explanation import to_json
from campus.models import (
    Commune,
    Course,
    CourseState,
    Importance,
    Need,
    NeedSkill,
    Occupation,
    Skill,
    SkillSource,
    random_id,
)
from campus.queries.need_choices import occupations_by_id, skills_by_id
from campus.queries.skills import skill_worded
from campus.queries.understanding import Proposals, kept_at_first, propose
from campus.services.audit import plain
from campus.services.matches import as_data, judge


@dataclass(frozen=True)
class Trial:
    """A need that was tried, what its advert seemed to say, the answer and the titles of the courses."""

    need: Need
    proposals: Proposals
    occupations: dict[int, Occupation]
    skills: dict[int, Skill]
    answer: Answer
    titles: dict[str, str]


def can_answer() -> bool:
    """Tell whether there are a referential and a published course to answer with."""
    trade = select(Occupation.id).where(Occupation.retired_in_id.is_(None)).limit(1)
    course = select(Course.id).where(Course.state == CourseState.PUBLISHED).limit(1)
    return all(db.session.scalar(query) is not None for query in (trade, course))


def try_advert(text: str) -> Trial:
    """Judge the courses for what an advert seems to ask for: its likeliest occupation and skills, levels not known.

    The skills are those that the wizard ticks; all are essential until a person says otherwise.
    """
    found = propose(text)
    occupations = occupations_by_id(each.id for each in found.occupations)
    kept = kept_at_first(found.skills)
    skills = skills_by_id(each.id for each in kept)
    likely = occupations[found.occupations[0].id] if found.occupations else None
    need = _need(title=likely.label if likely else "", occupation=likely, posts=1)
    for each in kept:
        _ask(need, skills[each.id], importance=Importance.ESSENTIAL)
    return _tried(need, found)


def try_need(asked: AskedNeed, file: str) -> Trial:
    """Judge the courses for a need that a file says; refuse codes that nobody knows."""
    need = _need(
        title=asked.title,
        occupation=_occupation(asked.occupation, file),
        posts=asked.posts,
        earliest=asked.earliest,
        latest=asked.latest,
        commune=_commune(asked.commune, file),
    )
    for n, each in enumerate(asked.skills):
        skill = _skill(each, f"skills[{n}]", file)
        if any(skill is other.skill for other in need.skills):
            raise _refused(f"skills[{n}]", f"« {skill.label} » déjà demandée", file=file, expected="chacune une fois")
        _ask(need, skill, level=each.level, importance=Importance(each.importance))
    return _tried(need, Proposals())


def _need(*, occupation: Occupation | None, **values: Any) -> Need:
    return Need(id=random_id(), occupation=occupation, occupation_id=occupation.id if occupation else None, **values)


def _ask(need: Need, skill: Skill, *, importance: Importance, level: int | None = None) -> None:
    row = NeedSkill(skill=skill, skill_id=skill.id, level=level, importance=importance, position=len(need.skills))
    need.skills.append(row)


def _tried(need: Need, found: Proposals) -> Trial:
    answer = judge(need)
    return Trial(
        need=need,
        proposals=found,
        occupations=occupations_by_id(each.id for each in found.occupations),
        skills=skills_by_id(each.id for each in found.skills),
        answer=answer,
        titles=_titles(answer),
    )


def _titles(answer: Answer) -> dict[str, str]:
    ids = [uuid.UUID(str(each.course_id)) for each in answer.matches]
    rows = db.session.execute(select(Course.id, Course.title).where(Course.id.in_(ids)))
    return {str(row.id): row.title for row in rows}


def _refused(field: str, problem: str, *, file: str, expected: str) -> FileRefused:
    return FileRefused(f"champ « {field} » : {problem}", file=file, expected=expected)


def _occupation(code: str, file: str) -> Occupation | None:
    found = db.session.scalar(select(Occupation).where(Occupation.code == code)) if code else None
    if code and found is None:
        raise _refused("occupation", f"code « {code} » inconnu", file=file, expected="un code ROME, comme H3301")
    return found


def _commune(code: str, file: str) -> Commune | None:
    found = db.session.get(Commune, code) if code else None
    if code and found is None:
        raise _refused("commune", f"code « {code} » inconnu", file=file, expected="un code INSEE, comme 28085")
    return found


def _skill(asked: AskedSkill, field: str, file: str) -> Skill:
    if asked.code:
        own_first = select(Skill).where(Skill.code == asked.code).order_by(Skill.source == SkillSource.ROME, Skill.id)
        found = db.session.scalar(own_first.limit(1))
        while found is not None and found.merged_into_id is not None:
            found = db.session.get(Skill, found.merged_into_id)
    else:
        found = skill_worded(asked.label)
    if found is None:
        said = f"compétence « {asked.code or asked.label} » inconnue"
        raise _refused(field, said, file=file, expected="le code ou le libellé exact d'une compétence du référentiel")
    return found


def trial_as_data(trial: Trial) -> dict[str, Any]:
    """Turn a trial into JSON-able values, complete."""
    found, need = trial.proposals, trial.need
    return {
        "occupations": [
            {"code": trial.occupations[each.id].code, "label": trial.occupations[each.id].label, "words": [*each.words]}
            for each in found.occupations
        ],
        "skills": [
            {"code": each.skill.code, "label": each.skill.label, "level": each.level, "importance": each.importance}
            | {"words": [word for one in found.skills if one.id == each.skill_id for word in one.words]}
            for each in need.skills
        ],
        "need": {
            "title": need.title,
            "occupation": need.occupation.code if need.occupation else None,
            "posts": need.posts,
            "earliest": plain(need.earliest),
            "latest": plain(need.latest),
            "commune": need.commune.code if need.commune else None,
        },
        "answer": as_data(trial.answer),
        "courses": [
            {
                "title": trial.titles[str(each.course_id)],
                **plain(to_json(each)),
                "reasons": [plain(asdict(reason)) for reason in each.reasons],
            }
            for each in trial.answer.matches
        ],
    }
