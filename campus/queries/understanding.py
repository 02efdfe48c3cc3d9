"""Understanding free text: the referential kept in memory, once a process, until its revision grows."""

from __future__ import annotations

import ctypes
import gc
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, select

from campus import db
from campus.matching.asking import shares
from campus.matching.course_reading import course_text, read_course
from campus.matching.english import Rendered, in_french
from campus.matching.index import OccupationIndex, Proposal
from campus.matching.labels import LabelIndex
from campus.matching.sheet_vectors import SheetVectors
from campus.matching.skill_index import SkillIndex, SkillProposal
from campus.models import Occupation, Skill, SkillSource
from campus.queries.communes import plain_name
from campus.queries.index_files import indexes_made_elsewhere, stored_indexes
from campus.queries.occupation_rows import occupation_rows, titles_by_occupation
from campus.queries.quotations import Place, quoted, together
from campus.queries.referentials import revision
from campus.queries.sheet_skills import asked_index

MOST_OCCUPATIONS, MOST_SKILLS = 3, 12
LIKELY_OCCUPATIONS = 12
KEPT_AT_FIRST, MOST_KEPT_AT_FIRST = 5, 8


@dataclass(frozen=True, slots=True)
class Found:
    """Something of the referential that a text may mean, the words of the text that say so and their places."""

    id: int
    label: str
    hint: str = ""
    words: tuple[str, ...] = ()
    named: bool = True
    core: bool = False
    places: tuple[Place, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a job advert seems to ask for; a person confirms it."""

    occupations: tuple[Found, ...] = ()
    skills: tuple[Found, ...] = ()


class Referential:
    """What a process keeps; each index is made when first asked for, unless a file gave it."""

    def __init__(self, revision: tuple[str, int] = ("", 0), made: Mapping[str, Any] | None = None) -> None:
        self.revision = revision
        self._lock = threading.RLock()
        self._occupations = {row.id: Found(row.id, row.label, row.code) for row in _occupations()}
        self._skills = {each.id: each for each in _skills()}
        self._made: dict[str, Any] = dict(made or {})
        self._makers: Mapping[str, Callable[[], Any]] = {
            "adverts": lambda: OccupationIndex(occupation_rows()),
            "asked": asked_index,
            "occupations": self._occupation_names,
            "skills": self._skill_names,
            "vectors": self._vectors,
        }

    def occupations(self, text: str, limit: int) -> list[Found]:
        """List the occupations of a name; the job title that was meant stands beside the code."""
        hits = self._index("occupations").search(text, limit)
        return [_named(self._occupations[hit.id], hit.name) for hit in hits]

    def skills(self, text: str, limit: int) -> list[Found]:
        """List the skills of a name; of several with the same label, the first."""
        named: dict[str, Found] = {}
        for each in self.every_skill(text, 2 * limit):
            named.setdefault(plain_name(each.label), each)
        return list(named.values())[:limit]

    def every_skill(self, text: str, limit: int) -> list[Found]:
        """List the skills of a name, also those that share their label."""
        return [self._skills[hit.id] for hit in self._index("skills").search(text, limit)]

    def adverts(self) -> OccupationIndex:
        """Give the index that reads adverts."""
        return self._index("adverts")

    def asked(self) -> SkillIndex:
        """Give the index that finds the skills that adverts ask for."""
        return self._index("asked")

    def linker(self, labels: Iterable[tuple[Any, str, list[str]]]) -> LabelIndex:
        """Give what links the names of another list to labels of a third, (key, label, other names) each.

        Names that share no word are brought together by the job titles of the sheets.
        """
        return LabelIndex.build(labels, vectors=self._index("vectors"))

    def _vectors(self) -> SheetVectors:
        titles = titles_by_occupation()
        return SheetVectors([[each.label, *titles[each.id]] for each in self._occupations.values()])

    def make_every_index(self) -> dict[str, Any]:
        """Give every index by its name, made now unless it is there."""
        return {name: self._index(name) for name in self._makers}

    def _index(self, name: str) -> Any:
        with self._lock:
            if name not in self._made:
                self._made[name] = self._makers[name]()
            return self._made[name]

    def _occupation_names(self) -> LabelIndex:
        titles = titles_by_occupation()
        return LabelIndex([(each.id, each.label, titles[each.id]) for each in self._occupations.values()])

    def _skill_names(self) -> LabelIndex:
        return LabelIndex([(each.id, each.label, ()) for each in self._skills.values()])


def _named(occupation: Found, name: str) -> Found:
    return occupation if name == occupation.label else replace(occupation, hint=f"{name} ({occupation.hint})")


_lock = threading.Lock()
_kept: list[Referential] = []
_serving = threading.Event()


def forget() -> None:
    """Read the referential again when next asked."""
    _kept.clear()


def referential() -> Referential:
    """Give the referential in memory, read anew when the database has moved on."""
    wanted = (db.engine().url.render_as_string(), revision("referential"))
    for kept in _kept:
        if kept.revision == wanted:
            return kept
    with _lock:
        if not _kept or _kept[0].revision != wanted:
            _kept[:] = [Referential(wanted, _ready_made())]
        return _kept[0]


def _ready_made() -> dict[str, Any] | None:
    found = stored_indexes()
    return indexes_made_elsewhere() if found is None and _serving.is_set() else found


def warm_up(*, serving: bool = False) -> None:
    """Read the referential before anybody asks, in a thread of its own: making its indexes takes seconds.

    A process that serves leaves the making to another one, now and whenever the referential changes. What was read
    stays for the life of the process, so the collector of unused objects need not walk it each time.
    """
    if serving:
        _serving.set()
    try:
        referential().make_every_index()
        gc.collect()
        gc.freeze()
        _give_back()
    finally:
        db.close()


def _give_back() -> None:
    """Give the memory that reading took and no longer needs back to the system, where the C library can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _occupations() -> list[Row[tuple[int, str, str, str, str]]]:
    columns = (Occupation.id, Occupation.code, Occupation.label, Occupation.parent_code, Occupation.definition)
    query = select(*columns).where(Occupation.retired_in_id.is_(None)).order_by(Occupation.id)
    return list(db.session.execute(query))


def _skills() -> list[Found]:
    """List the skills one can ask for, the campus's own first."""
    query = (
        select(Skill.id, Skill.label, Skill.source)
        .where(Skill.merged_into_id.is_(None), Skill.retired_in_id.is_(None))
        .order_by(Skill.source == SkillSource.ROME, Skill.id)
    )
    rows = db.session.execute(query)
    return [Found(row.id, row.label, "ROME" if row.source is SkillSource.ROME else "") for row in rows]


def find_occupations(text: str, limit: int = 8) -> list[Found]:
    """List the occupations that a text may name, by their own name or a job title's."""
    return referential().occupations(text, limit)


def find_skills(text: str, limit: int = 8) -> list[Found]:
    """List the skills that a text may name."""
    return referential().skills(text, limit)


def skills_alike(text: str, limit: int) -> list[int]:
    """Give the keys of the skills worded like a text, also those that share their label."""
    return [each.id for each in referential().every_skill(text, limit)]


def propose(text: str, occupation_id: int | None = None) -> Proposals:
    """Read a job advert: the occupations and skills that it seems to ask for, with the words that say so.

    An occupation already chosen takes the place of the likely ones when skills are looked for.
    """
    kept, read = referential(), in_french(text)
    likely = kept.adverts().propose_occupations(read.text, LIKELY_OCCUPATIONS) if text.strip() else []
    sure = {occupation_id: 1.0} if occupation_id else {each.occupation_id: each.share for each in likely}
    skills = kept.asked().propose(read.text, shares(sure), MOST_SKILLS)
    return _proposals(text, read, occupations=likely, skills=skills)


def kept_at_first(found: Sequence[Found]) -> Sequence[Found]:
    """Choose the proposed skills that stand for a post until a person chooses: those named, else the likeliest."""
    named = [each for each in found if each.named]
    return named[:MOST_KEPT_AT_FIRST] if len(named) >= KEPT_AT_FIRST else found[:KEPT_AT_FIRST]


def propose_for_course(title: str, text: str = "", level: int | None = None) -> Proposals:
    """Read a course or certification: the occupations that it prepares for and the skills that it teaches.

    `level` is that of its diploma, 1 to 8, where known. The words quoted are those of title and text.
    """
    kept, whole = referential(), course_text(title, text)
    read = in_french(whole)
    found = read_course(kept.adverts(), kept.asked(), read.text, level=level)
    return _proposals(whole, read, occupations=found.occupations, skills=found.skills[:MOST_SKILLS])


def _proposals(
    text: str, read: Rendered, *, occupations: Sequence[Proposal], skills: Sequence[SkillProposal]
) -> Proposals:
    """Say with each proposal which words of the original led to it."""
    trades = ((Found(int(str(each.occupation_id)), each.title), each) for each in occupations[:MOST_OCCUPATIONS])
    asked = ((Found(int(str(each.skill_id)), "", named=each.source == "text", core=each.core), each) for each in skills)
    return Proposals(
        tuple(_pointed(found, each, text=text, read=read) for found, each in trades),
        tuple(_pointed(found, each, text=text, read=read) for found, each in asked),
    )


def _pointed(found: Found, proposal: Proposal | SkillProposal, *, text: str, read: Rendered) -> Found:
    runs = together(text, read.original(proposal.words))
    return replace(found, words=quoted(text, runs), places=runs, confidence=proposal.confidence)
