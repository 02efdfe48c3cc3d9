"""The quality of the data: what in published needs, occupations and skills is to be mended, kind by kind."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from campus import clock, db
from campus.matching.likeness import Likeness, likeness
from campus.models import AuditEvent, Mail, Need, NeedSkill, Organisation, Skill
from campus.planning.duplicates import likely_duplicates
from campus.planning.facts import LEVELS, Sheet, whole_key
from campus.queries import judging
from campus.queries.demand_facts import COUNTED_NEEDS, facts
from campus.queries.kept import Derived
from campus.queries.quality_referential import Found, count_retired, retired_occupations, retired_skills, said

OLD = timedelta(days=60)
KEPT_BOTH = "kept_both"
Keys = list[uuid.UUID]


class Kind(StrEnum):
    """What may be wrong."""

    LEVELS = "niveaux"
    STALE = "anciens"
    DUPLICATES = "doublons"
    OCCUPATIONS = "metiers"
    SKILLS = "competences"


@dataclass(frozen=True)
class WithoutLevels:
    """A published need, and the labels of its skills without a level."""

    need: Need
    skills: Sequence[str]
    of: int


@dataclass(frozen=True)
class Stale:
    """A published need that nobody has touched for long, or whose date has passed; whether its firm was asked."""

    need: Need
    passed: bool
    asked: bool


@dataclass(frozen=True)
class Duplicates:
    """Two published needs that are probably the same, the older first."""

    one: Need
    other: Need
    likeness: Likeness


@dataclass(frozen=True)
class _Read:
    """What was read off the published needs in memory: keys without levels, pairs of duplicates."""

    unlevelled: tuple[uuid.UUID, ...]
    pairs: tuple[tuple[uuid.UUID, uuid.UUID], ...]


def _scan(needs: Sheet) -> _Read:
    asked = needs.parts["asked"]
    without = set(asked["owner"][asked["number"] % LEVELS == 0].tolist())
    keys = [uuid.UUID(bytes=whole_key(key)) for key in needs.head["key"].tolist()]
    pairs = likely_duplicates(needs)
    return _Read(
        tuple(sorted(keys[place] for place in without)),
        tuple((uuid.UUID(bytes=one), uuid.UUID(bytes=other)) for one, other in pairs),
    )


_read: Derived[Sheet, _Read] = Derived(lambda: facts().needs, _scan)


def counts() -> dict[Kind, int]:
    """Count what is to be mended, by kind."""
    read, (occupations, skills) = _read.now(), count_retired()
    return {
        Kind.LEVELS: len(read.unlevelled),
        Kind.STALE: db.session.scalar(select(func.count()).select_from(Need).where(_stale())) or 0,
        Kind.DUPLICATES: len(_not_kept(read.pairs)),
        Kind.OCCUPATIONS: occupations,
        Kind.SKILLS: skills,
    }


def found(kind: Kind, words: str, *, page: slice) -> Found:
    """Find one page of what is to be mended of one kind, narrowed to the firm or the title that holds these words."""
    return FINDERS[kind](words.casefold(), page)


def _needs(condition: ColumnElement[bool]) -> Select[tuple[Need]]:
    return select(Need).options(joinedload(Need.organisation), joinedload(Need.author)).where(condition)


def _named(rows: Sequence[Any], words: str) -> Keys:
    """Keep the keys of the rows (key, title, firm) that hold the words."""
    return [key for key, title, firm in rows if said(words, title, firm)]


def _heads(condition: ColumnElement[bool]) -> Select[Any]:
    return (
        select(Need.id, Need.title, Organisation.name)
        .join(Organisation, Organisation.id == Need.organisation_id)
        .where(condition)
    )


def _page_of_needs(rows: Keys, page: slice) -> list[Need]:
    """Load one page of needs, in the order of the keys."""
    found = {need.id: need for need in db.session.scalars(_needs(Need.id.in_(rows[page])))}
    return [found[key] for key in rows[page] if key in found]


def _without_levels(words: str, page: slice) -> Found:
    keys: Keys = list(_read.now().unlevelled)
    if words:
        keys = _named(db.session.execute(_heads(Need.id.in_(keys)).order_by(Need.id)).all(), words)
    needs = _page_of_needs(keys, page)
    labels: dict[uuid.UUID, list[str | None]] = {need.id: [] for need in needs}
    rows = db.session.execute(
        select(NeedSkill.need_id, NeedSkill.level, Skill.label)
        .join(Skill, Skill.id == NeedSkill.skill_id)
        .where(NeedSkill.need_id.in_(list(labels)))
        .order_by(NeedSkill.position)
    )
    for key, level, label in rows:
        labels[key].append(label if level is None else None)
    lines = [
        WithoutLevels(need, [each for each in labels[need.id] if each is not None], len(labels[need.id]))
        for need in needs
    ]
    return Found(lines, len(keys))


def _stale() -> ColumnElement[bool]:
    old, today = clock.now() - OLD, clock.today()
    return Need.state.in_(COUNTED_NEEDS) & or_(Need.updated_at <= old, Need.latest < today)


def _stale_needs(words: str, page: slice) -> Found:
    rows = db.session.execute(_heads(_stale()).order_by(Need.updated_at, Need.id)).all()
    keys = _named(rows, words)
    needs, today = _page_of_needs(keys, page), clock.today()
    told = {asked_key(need) for need in needs}
    asked = set(db.session.scalars(select(Mail.once_key).where(Mail.once_key.in_(told))))
    lines = [Stale(need, bool(need.latest and need.latest < today), asked_key(need) in asked) for need in needs]
    return Found(lines, len(keys))


def asked_key(need: Need) -> str:
    """Name the fact that a firm was asked by the staff whether its need still stands, once in each of its lives."""
    ends = need.expires_at.date().isoformat() if need.expires_at else ""
    return f"need:{need.id}:{ends}:staff"


def _not_kept(pairs: Collection[tuple[uuid.UUID, uuid.UUID]]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Leave out the pairs of which somebody of the staff has said that both are to be kept."""
    if not pairs:
        return []
    query = select(AuditEvent.subject_id, AuditEvent.details).where(
        AuditEvent.subject_kind == Need.__tablename__,
        AuditEvent.subject_id.in_({str(one) for one, _other in pairs}),
        AuditEvent.action == KEPT_BOTH,
    )
    kept = {(key, details["other"]) for key, details in db.session.execute(query)}
    return [(one, other) for one, other in pairs if (str(one), str(other)) not in kept]


def _duplicates(words: str, page: slice) -> Found:
    pairs = _not_kept(_read.now().pairs)
    if words:
        keys = {key for pair in pairs for key in pair}
        named = set(_named(db.session.execute(_heads(Need.id.in_(keys))).all(), words))
        pairs = [pair for pair in pairs if named.intersection(pair)]
    shown = {key for pair in pairs[page] for key in pair}
    needs = {need.id: need for need in db.session.scalars(_needs(Need.id.in_(shown)))}
    views = {view.id: view for view in judging.need_views(shown, {})} if shown else {}
    lines = [
        Duplicates(needs[one], needs[other], likeness(views[str(one)], views[str(other)])) for one, other in pairs[page]
    ]
    return Found(lines, len(pairs))


def is_likely_duplicate(one: Need, other: Need) -> bool:
    """Tell whether two needs stand in the list of probable duplicates, the older first."""
    return (one.id, other.id) in _read.now().pairs


FINDERS = {
    Kind.LEVELS: _without_levels,
    Kind.STALE: _stale_needs,
    Kind.DUPLICATES: _duplicates,
    Kind.OCCUPATIONS: retired_occupations,
    Kind.SKILLS: retired_skills,
}
