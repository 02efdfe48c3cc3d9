"""Courses to create: the groups of uncovered skills that stand now, and what the staff are shown of them."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campus import db
from campus.lifecycles.commitment import ABOUT_NEEDS
from campus.lifecycles.pool import LIVING
from campus.models import Course, CourseOutcome, CourseState, Need, Occupation, Organisation, Pool, PoolMember, Skill
from campus.planning.creation import Board, Group
from campus.planning.extension import Extension, nearest
from campus.planning.facts import Rows, Sheet, whole_key
from campus.planning.quarters import Quarter, ends_of
from campus.queries.commitments import posts_by_step_of
from campus.queries.demand_facts import facts
from campus.queries.kept import Derived
from campus.queries.uncovered import lacks

Labels = Mapping[int, str]


_board: Derived[Sheet, Board] = Derived(lacks, Board)


@dataclass(frozen=True)
class Narrowing:
    """What a list of groups is narrowed to: words, a quarter among the columns, groups of one skill or of several."""

    words: str = ""
    quarter: Quarter | None = None
    alone: bool | None = None


@dataclass(frozen=True)
class DraftSeen:
    """A draft course that brings at least half of a group's skills to the level wanted: how many of them."""

    id: uuid.UUID
    title: str
    brings: int


@dataclass(frozen=True)
class NearestCourse:
    """The published course nearest to a group."""

    id: uuid.UUID
    title: str
    extension: Extension


@dataclass(frozen=True)
class GroupSeen:
    """A group with all that is said of it; posts by step are those that have come at least so far."""

    group: Group
    skills: Labels
    occupations: Sequence[tuple[str, int]]
    steps: Mapping[str, int]
    nearest: NearestCourse | None
    draft: DraftSeen | None


@dataclass(frozen=True)
class Groups:
    """One page of the groups: how many there are in all, and how many hold one skill or several."""

    seen: Sequence[GroupSeen]
    total: int
    alone: int
    several: int


def board() -> Board:
    """Give the groups as they stand; made anew only when a need or an answer has changed."""
    return _board.now()


def groups(narrowed: Narrowing, columns: Sequence[Quarter], *, page: slice) -> Groups:
    """Find groups, most posts first."""
    known = board()
    skills, occupations = _labels_for_words(known) if narrowed.words else ({}, {})
    kept = _kept(known, narrowed, columns, skills=skills, occupations=occupations)
    alone = sum(len(known.sets[place]) == 1 for place in kept)
    chosen = [each for each in kept if narrowed.alone is None or (len(known.sets[each]) == 1) is narrowed.alone]
    seen = described([known.group(place) for place in chosen[page]])
    return Groups(seen, len(chosen), alone, len(kept) - alone)


def group_of(skill_id: int) -> Group | None:
    """Find the group that holds a skill; None when every published need that asks it is covered."""
    known = board()
    place = known.place.get(skill_id)
    return None if place is None else known.group(place)


def _labels_for_words(known: Board) -> tuple[Labels, Labels]:
    return _labels(Skill, known.place), _labels(Occupation, known.occupations())


def _kept(
    known: Board, narrowed: Narrowing, columns: Sequence[Quarter], *, skills: Labels, occupations: Labels
) -> list[int]:
    kept = known.order.tolist()
    if narrowed.words:
        words = narrowed.words.casefold()
        named = {known.place[key] for key, label in skills.items() if words in label.casefold()}
        named |= known.with_occupations({key for key, label in occupations.items() if words in label.casefold()})
        kept = [place for place in kept if place in named]
    if narrowed.quarter is not None:
        there = known.in_column(columns.index(narrowed.quarter), ends_of(columns))
        kept = [place for place in kept if place in there]
    return kept


def described(found: Sequence[Group]) -> list[GroupSeen]:
    """Say of groups all that a page shows, in a handful of queries however many they are."""
    skills = _labels(Skill, {line.skill for group in found for line in group.skills})
    occupations = _labels(Occupation, {key for group in found for key, _posts in group.occupations})
    reached = posts_by_step_of({key for group in found for key in keys_of(group.needs)})
    known = facts() if found else None
    near = [nearest(known.needs, known.courses, group) if known else None for group in found]
    titles = _titles({uuid.UUID(bytes=each.course) for each in near if each})
    drafts = _drafts(skills)
    return [
        GroupSeen(
            group=group,
            skills=skills,
            occupations=[(occupations[key], posts) for key, posts in group.occupations],
            steps=_summed(reached.get(key, {}) for key in keys_of(group.needs)),
            nearest=_nearest(extension, titles),
            draft=_draft(group, drafts),
        )
        for group, extension in zip(found, near, strict=True)
    ]


def _summed(reached: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in reached:
        total.update(each)
    return {step: total[step] for step in ABOUT_NEEDS}


def keys_of(needs: Rows) -> list[uuid.UUID]:
    """Give the keys of the needs behind a group."""
    return [uuid.UUID(bytes=whole_key(each)) for each in needs["key"].tolist()]


def _labels(model: type[Skill | Occupation], keys: Collection[int]) -> dict[int, str]:
    if not keys:
        return {}
    return dict(db.session.execute(select(model.id, model.label).where(model.id.in_(list(keys)))).all())


def _titles(keys: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    if not keys:
        return {}
    return dict(db.session.execute(select(Course.id, Course.title).where(Course.id.in_(keys))).all())


def _nearest(extension: Extension | None, titles: Mapping[uuid.UUID, str]) -> NearestCourse | None:
    key = uuid.UUID(bytes=extension.course) if extension else None
    return NearestCourse(key, titles[key], extension) if extension and key in titles else None


Drafts = Mapping[tuple[uuid.UUID, str], Mapping[int, int]]


def _drafts(skills: Collection[int]) -> Drafts:
    """Give, for each draft that teaches one of these skills, the levels that it leads to; the oldest first."""
    found: dict[tuple[uuid.UUID, str], dict[int, int]] = defaultdict(dict)
    rows = db.session.execute(
        select(Course.id, Course.title, CourseOutcome.skill_id, CourseOutcome.exit_level)
        .join(CourseOutcome, CourseOutcome.course_id == Course.id)
        .where(Course.state == CourseState.DRAFT, CourseOutcome.skill_id.in_(list(skills)))
        .order_by(Course.created_at, Course.id)
    )
    for key, title, skill, level in rows if skills else ():
        found[key, title][skill] = level
    return found


def _draft(group: Group, drafts: Drafts) -> DraftSeen | None:
    """Choose the draft that brings most of a group, if that is half of it at least; of equals the oldest."""
    seen = [
        DraftSeen(key, title, sum(taught.get(line.skill, 0) >= line.exit for line in group.skills))
        for (key, title), taught in drafts.items()
    ]
    best = max(seen, key=lambda each: each.brings, default=None)
    return best if best and 2 * best.brings >= len(group.skills) else None


def draft_for(group: Group) -> DraftSeen | None:
    """Find the draft that a group shows."""
    return _draft(group, _drafts([line.skill for line in group.skills]))


def needs_behind(group: Group) -> Sequence[Need]:
    """List the needs behind a group, the nearest date first."""
    query = select(Need).options(joinedload(Need.occupation)).where(Need.id.in_(keys_of(group.needs)))
    return db.session.scalars(query.order_by(Need.latest.is_(None), Need.latest, Need.reference)).all()


def firms_named(needs: Sequence[Need]) -> dict[uuid.UUID, str]:
    """Name, by the keys of their needs, the firms that agreed in a pool that still lives to be named to others."""
    rows = db.session.execute(
        select(PoolMember.need_id, Organisation.name)
        .join(Pool, Pool.id == PoolMember.pool_id)
        .join(Organisation, Organisation.id == PoolMember.organisation_id)
        .where(
            PoolMember.need_id.in_([need.id for need in needs]),
            PoolMember.agreed_at.is_not(None),
            Pool.state.in_(LIVING),
        )
    )
    return dict(rows.all())
