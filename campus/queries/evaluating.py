"""How the engine answers judged questions: by the very functions that the pages call, in the publisher's codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from sqlalchemy import select

from campus import db
from campus.exchange.judged_folder import Entry, JudgedSet
from campus.models import JobTitle, Occupation, OccupationSkill, Skill, SkillKind, SkillSource
from campus.queries.communes import plain_name
from campus.queries.understanding import propose, referential

TASKS = ("occupations", "parent-occupations", "skills", "courses", "labels")
WITH_CORPUS = ("courses", "labels")
DEPTH = 30
Ranker: TypeAlias = Callable[[Entry], list[str]]
Documents: TypeAlias = dict[str, str]


def ranker(task: str, judged: JudgedSet) -> Ranker:
    """Give what ranks the answers to one question of a task, best first; what is kept in memory is made now."""
    makers: Mapping[str, Callable[[JudgedSet], Ranker]] = {
        "occupations": lambda _: _occupations("code"),
        "parent-occupations": lambda _: _occupations("parent_code"),
        "skills": lambda _: _skills(),
        "courses": _courses,
        "labels": _labels,
    }
    return makers[task](judged)


def documents(task: str, judged: JudgedSet) -> Documents:
    """Give what a bare search engine searches in for a task: its documents by name."""
    if task in WITH_CORPUS:
        return {entry.id: entry.whole for entry in judged.corpus}
    if task == "skills":
        return _skill_labels()
    return _sheets()


def document_names(task: str) -> Callable[[str], str]:
    """Give how a document found stands for an answer: a sheet for its parent where parents are asked for."""
    if task != "parent-occupations":
        return str
    parents = {row.code: row.parent_code for row in db.session.execute(select(Occupation.code, Occupation.parent_code))}
    return lambda code: parents[code]


def words_of(task: str, judged: JudgedSet) -> Documents:
    """Give the words by which a person knows an answer of a task."""
    if task in WITH_CORPUS:
        return {entry.id: " - ".join(entry.whole.splitlines()) for entry in judged.corpus}
    if task == "skills":
        return _skill_labels()
    return {row.code: row.label for row in db.session.execute(select(Occupation.code, Occupation.label))}


def double_titles() -> list[str]:
    """List the job titles that give both genders."""
    return list(db.session.scalars(select(JobTitle.label).where(JobTitle.label.contains(" / ")).order_by(JobTitle.id)))


def _occupations(column: str) -> Ranker:
    index = referential().adverts()
    rows = db.session.execute(select(Occupation.id, getattr(Occupation, column).label("code")))
    codes = {row.id: row.code for row in rows}
    return lambda query: [codes[one.occupation_id] for one in index.propose_occupations(query.whole, DEPTH)]


def _skills() -> Ranker:
    codes = _codes_by_skill()
    kept = referential()
    kept.adverts()
    kept.asked()
    return lambda query: [codes[one.id] for one in propose(query.whole).skills if one.id in codes]


def _codes_by_skill() -> dict[int, str]:
    """Name each skill by its ROME code; one of the campus's own by that of the ROME skill with its label."""
    rows = list(db.session.execute(select(Skill.id, Skill.code, Skill.label, Skill.source).order_by(Skill.id)))
    published = {plain_name(row.label): row.code for row in reversed(rows) if row.source is SkillSource.ROME}
    own = {row.id: published[plain_name(row.label)] for row in rows if plain_name(row.label) in published}
    return own | {row.id: row.code for row in rows if row.source is SkillSource.ROME}


def _labels(judged: JudgedSet) -> Ranker:
    """Rank the things that labels name, and with each thing all of its labels."""
    named: dict[str, list[Entry]] = {}
    for entry in judged.corpus:
        for thing in _things(entry):
            named.setdefault(thing, []).append(entry)
    index = referential().linker(
        (thing, entries[0].text, [each.text for each in entries[1:]]) for thing, entries in named.items()
    )

    def rank(query: Entry) -> list[str]:
        hits = index.link(query.whole, len(named))
        return list(dict.fromkeys(entry.id for hit in hits for entry in named[str(hit.id)]))

    return rank


def _things(entry: Entry) -> Iterable[str]:
    concepts = entry.metadata.get("concepts")
    return [str(each) for each in concepts] if isinstance(concepts, list) and concepts else [entry.id]


def _courses(judged: JudgedSet) -> Ranker:
    """Read each course as the help of its form does, then rank by the trade that the need names."""
    index = referential().adverts()
    rows = db.session.execute(select(Occupation.id, Occupation.code, Occupation.parent_code))
    known = {row.id: (row.code, row.parent_code) for row in rows}
    read = {
        course.id: {known[one.occupation_id]: one.confidence for one in index.propose_occupations(course.whole, 5)}
        for course in judged.corpus
    }

    def rank(query: Entry) -> list[str]:
        wanted = query.metadata.get("occupation")
        scores = {
            course: max(
                (
                    sure * (2 if code == wanted else 1)
                    for (code, parent), sure in codes.items()
                    if wanted in (code, parent)
                ),
                default=0.0,
            )
            for course, codes in read.items()
        }
        return sorted((course for course in scores if scores[course]), key=lambda course: -scores[course])

    return rank


def _sheets() -> Documents:
    titles: dict[int, list[str]] = {}
    for row in db.session.execute(select(JobTitle.occupation_id, JobTitle.label).order_by(JobTitle.id)):
        titles.setdefault(row.occupation_id, []).append(row.label)
    sheets = select(Occupation).where(Occupation.retired_in_id.is_(None)).order_by(Occupation.id)
    return {
        each.code: " ".join([each.label, *titles.get(each.id, []), each.definition])
        for each in db.session.scalars(sheets)
    }


def _skill_labels() -> Documents:
    held = select(OccupationSkill.skill_id)
    known_how = Skill.source == SkillSource.ROME, Skill.kind == SkillKind.KNOW_HOW
    rows = db.session.execute(select(Skill.code, Skill.label).where(*known_how, Skill.id.in_(held)).order_by(Skill.id))
    return {row.code: row.label for row in rows}
