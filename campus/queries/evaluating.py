"""How the engine answers judged questions: by the very functions that the pages call, in the publisher's codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from sqlalchemy import select

from campus import db
from campus.exchange.judged_folder import Entry, JudgedSet
from campus.matching.course_reading import course_text, read_course
from campus.matching.course_relevance import families, hesitant, relevance, usual_level
from campus.matching.english import in_french
from campus.matching.values import Id
from campus.models import JobTitle, Occupation, OccupationSkill, Skill, SkillKind, SkillSource
from campus.queries.communes import plain_name
from campus.queries.occupation_rows import codes_by_occupation
from campus.queries.understanding import propose, referential

TASKS = ("occupations", "parent-occupations", "skills", "courses", "labels")
WITH_CORPUS = ("courses", "labels")
DEPTH = 30
READ_DEPTH = 60
Ranker: TypeAlias = Callable[[Entry], list[str]]
Documents: TypeAlias = dict[str, str]


def ranker(task: str, judged: JudgedSet) -> Ranker:
    """Give what ranks the answers to one question of a task, best first; what is kept in memory is made now."""
    makers: Mapping[str, Callable[[JudgedSet], Ranker]] = {
        "occupations": lambda _: _occupations(),
        "parent-occupations": lambda _: _certifications(),
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


def _occupations() -> Ranker:
    index = referential().adverts()
    codes = codes_by_occupation()
    return lambda query: [
        codes[one.occupation_id] for one in index.propose_occupations(in_french(query.whole).text, DEPTH)
    ]


def _certifications() -> Ranker:
    """Read certifications as the help of the course form does; a parent is as likely as its sheets together."""
    rows = db.session.execute(select(Occupation.id, Occupation.parent_code))
    parents: dict[Id, str] = {row.id: row.parent_code for row in rows}
    read = _reader()
    return lambda query: families(read(query), parents)


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
    """Read each course as the help of its form does, when it is written; then rank by the trade that a need names."""
    read = _reader()
    trades, titles = _trades(), _titles()
    courses = [(entry.id, hesitant(read(entry)), level_of(entry)) for entry in judged.corpus]

    def rank(query: Entry) -> list[str]:
        said = query.metadata.get("occupation") or next((trades[int(str(one))][0] for one in read(query)), "")
        family = {key for key, codes in trades.items() if said in codes}
        wanted = usual_level([title for key in family for title in titles.get(key, ())])
        scores = {key: relevance(found, family, wanted=wanted, level=level) for key, found, level in courses}
        return sorted((key for key in scores if scores[key] > 0), key=lambda key: -scores[key])

    return rank


def _reader() -> Callable[[Entry], dict[Id, float]]:
    """Give how the help of the course form reads a course: its occupations, and how sure each is."""
    kept = referential()
    index, asked = kept.adverts(), kept.asked()

    def read(entry: Entry) -> dict[Id, float]:
        whole = in_french(course_text(entry.title, entry.text)).text
        found = read_course(index, asked, whole, level=level_of(entry), most=READ_DEPTH)
        return {one.occupation_id: one.share for one in found.occupations}

    return read


def level_of(entry: Entry) -> int | None:
    """Find the level of a diploma (1 to 8) in a document's metadata, written "5" or "niveau5"."""
    digits = re.sub(r"\D", "", str(entry.metadata.get("level", "")))
    return int(digits) if digits in set("12345678") else None


def _trades() -> dict[int, tuple[str, str]]:
    rows = db.session.execute(select(Occupation.id, Occupation.code, Occupation.parent_code).order_by(Occupation.id))
    return {row.id: (row.code, row.parent_code) for row in rows}


def _titles() -> dict[int, list[str]]:
    titles: dict[int, list[str]] = {}
    for row in db.session.execute(select(JobTitle.occupation_id, JobTitle.label).order_by(JobTitle.id)):
        titles.setdefault(row.occupation_id, []).append(row.label)
    return titles


def _sheets() -> Documents:
    titles = _titles()
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
