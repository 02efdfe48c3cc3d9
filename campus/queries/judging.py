"""Needs and courses as the judge wants to see them: plain values, loaded in a handful of queries."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.matching.values import (
    ANYWHERE,
    CourseView,
    Id,
    Importance,
    NeededSkill,
    NeedView,
    Outcome,
    Rules,
    SessionView,
)
from campus.models import (
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseSession,
    CourseSessionState,
    Modality,
    Need,
    NeedSkill,
    Occupation,
    OccupationSkill,
    Skill,
)
from campus.models.territory import Commune

RULES = Rules()
TAKES_PEOPLE = frozenset({CourseSessionState.OPEN, CourseSessionState.CONFIRMED})
STILL_TO_COME = TAKES_PEOPLE | {CourseSessionState.PREPARATION, CourseSessionState.POSTPONED}
Sheets = Mapping[int, frozenset[int]]
Rows = dict[uuid.UUID, list[Row]]


def need_views(ids: Collection[uuid.UUID], sheets: Sheets) -> list[NeedView]:
    """See stored needs as plain values, in two queries however many they are; ordered by id."""
    found = db.session.execute(
        select(
            *(Need.id, Need.occupation_id, Need.posts, Need.earliest, Need.latest, Need.title),
            *(Need.max_km, Occupation.parent_code, Commune.latitude, Commune.longitude),
        )
        .outerjoin(Occupation, Occupation.id == Need.occupation_id)
        .outerjoin(Commune, Commune.code == Need.commune_code)
        .where(Need.id.in_(ids))
        .order_by(Need.id)
    ).all()
    skills = _by_first(
        select(NeedSkill.need_id, NeedSkill.skill_id, NeedSkill.level, NeedSkill.importance)
        .add_columns(Skill.label, Skill.macro_code)
        .join(Skill, Skill.id == NeedSkill.skill_id)
        .where(NeedSkill.need_id.in_(ids))
        .order_by(NeedSkill.need_id, NeedSkill.position, NeedSkill.id)
    )
    return [
        NeedView(
            id=str(need.id),
            occupation_id=need.occupation_id,
            parent_occupation=need.parent_code,
            skills=tuple(_asked(skills.get(need.id, []), trade=need.occupation_id, sheets=sheets)),
            posts=need.posts,
            earliest=need.earliest,
            latest=need.latest,
            point=None if need.latitude is None else (need.latitude, need.longitude),
            max_km=need.max_km,
            title=need.title,
        )
        for need in found
    ]


def _asked(rows: Iterable[Row], *, trade: int | None, sheets: Sheets) -> Iterator[NeededSkill]:
    return (_needed(each, each, trade=trade, sheets=sheets) for each in rows)


def on_own_sheet(need: NeedView, sheets: Sheets) -> NeedView:
    """Tell of a need that was seen without sheets which of its skills stand on that of its trade."""
    trade = need.occupation_id
    own = {True: frozenset({trade}), False: frozenset[Id]()}
    skills = (replace(one, sheet_ids=own[trade in sheets.get(_key(one.skill_id), ())]) for one in need.skills)
    return replace(need, skills=tuple(skills))


def with_sheets(course: CourseView, sheets: Sheets) -> CourseView:
    """Tell of a course that was seen without sheets on which of these its skills stand."""
    outcomes = (replace(one, sheet_ids=sheets.get(_key(one.skill_id), frozenset[Id]())) for one in course.outcomes)
    return replace(course, outcomes=tuple(outcomes))


def _key(skill_id: Id) -> int:
    return int(str(skill_id))


def _needed(each: Row | NeedSkill, skill: Row | Skill, *, trade: int | None, sheets: Sheets) -> NeededSkill:
    # Of the sheets that a skill stands on, only that of the need's own trade is kinship.
    on_own = trade is not None and trade in sheets.get(each.skill_id, ())
    return NeededSkill(
        skill_id=each.skill_id,
        level=each.level,
        importance=Importance(each.importance.value),
        label=skill.label,
        macro_id=skill.macro_code or None,
        sheet_ids=frozenset({trade}) if on_own else frozenset(),
    )


def view_of(need: Need, sheets: Sheets) -> NeedView:
    """See as plain values a need that may stand nowhere in the database; its skills and their rows must be loaded."""
    commune = need.commune
    return NeedView(
        id=str(need.id),
        occupation_id=need.occupation_id,
        parent_occupation=need.occupation.parent_code if need.occupation else None,
        skills=tuple(_needed(each, each.skill, trade=need.occupation_id, sheets=sheets) for each in need.skills),
        posts=need.posts,
        earliest=need.earliest,
        latest=need.latest,
        point=(commune.latitude, commune.longitude) if commune else None,
        max_km=need.max_km,
        title=need.title,
    )


def _by_first(query: Select) -> Rows:
    """Gather rows by their first column, in their order."""
    found: Rows = defaultdict(list)
    for row in db.session.execute(query):
        found[row[0]].append(row)
    return found


def course_views(ids: Collection[uuid.UUID], sheets: Sheets, *, dated: bool = True) -> list[CourseView]:
    """See courses as plain values, in four queries however many they are; without their sessions if not `dated`."""
    courses = db.session.execute(
        select(Course.id, Course.title, Course.certification_ends_on, Course.hours).where(Course.id.in_(ids))
    ).all()
    outcomes = _by_first(
        select(CourseOutcome.course_id, CourseOutcome.skill_id, CourseOutcome.entry_level, CourseOutcome.exit_level)
        .add_columns(Skill.label, Skill.macro_code)
        .join(Skill, Skill.id == CourseOutcome.skill_id)
        .where(CourseOutcome.course_id.in_(ids))
        .order_by(CourseOutcome.course_id, CourseOutcome.position, CourseOutcome.id)
    )
    trades = _by_first(
        select(CourseOccupation.course_id, Occupation.id, Occupation.parent_code)
        .join(Occupation, Occupation.id == CourseOccupation.occupation_id)
        .where(CourseOccupation.course_id.in_(ids))
    )
    sessions = _by_first(_coming(ids)) if dated else {}
    return [
        CourseView(
            id=str(course.id),
            title=course.title,
            outcomes=tuple(_outcome(each, sheets) for each in outcomes.get(course.id, [])),
            occupation_ids=frozenset(each.id for each in trades.get(course.id, [])),
            parent_occupations=frozenset(each.parent_code for each in trades.get(course.id, []) if each.parent_code),
            sessions=tuple(_session_view(each) for each in sessions.get(course.id, [])),
            certification_ends_on=course.certification_ends_on,
            hours=course.hours,
        )
        for course in courses
    ]


def undated(course: Course) -> CourseView:
    """See as plain values a course whose lines and occupations are loaded, without its sessions."""
    outcomes = (
        Outcome(each.skill_id, each.entry_level, each.exit_level, each.skill.label, each.skill.macro_code or None)
        for each in course.outcomes
    )
    return CourseView(
        id=str(course.id),
        title=course.title,
        outcomes=tuple(outcomes),
        occupation_ids=frozenset(each.id for each in course.occupations),
        parent_occupations=frozenset(each.parent_code for each in course.occupations if each.parent_code),
    )


def _coming(ids: Collection[uuid.UUID]) -> Select:
    chosen = (CourseSession.starts_on, CourseSession.ends_on, CourseSession.seats_max, CourseSession.seats_taken)
    return (
        select(CourseSession.course_id, CourseSession.id, CourseSession.state, CourseSession.registration_deadline)
        .add_columns(*chosen, Commune.latitude, Commune.longitude, Course.modality)
        .join(Course, Course.id == CourseSession.course_id)
        .outerjoin(Commune, Commune.code == CourseSession.commune_code)
        .where(CourseSession.course_id.in_(ids), CourseSession.state.in_(STILL_TO_COME))
        .order_by(CourseSession.starts_on, CourseSession.id)
    )


def sessions_to_come(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[CourseSession]]:
    """List the sessions that may still be joined, by course."""
    rows = db.session.scalars(
        select(CourseSession)
        .where(CourseSession.course_id.in_(ids), CourseSession.state.in_(STILL_TO_COME))
        .options(joinedload(CourseSession.commune))
        .order_by(CourseSession.starts_on, CourseSession.id)
    )
    found = defaultdict(list)
    for row in rows:
        found[row.course_id].append(row)
    return found


def _outcome(each: Row, sheets: Sheets) -> Outcome:
    return Outcome(
        skill_id=each.skill_id,
        entry_level=each.entry_level,
        exit_level=each.exit_level,
        label=each.label,
        macro_id=each.macro_code or None,
        sheet_ids=sheets.get(each.skill_id, frozenset()),
    )


def _session_view(each: Row) -> SessionView:
    return SessionView(
        id=str(each.id),
        start=each.starts_on,
        end=each.ends_on,
        seats_left=each.seats_max - each.seats_taken,
        open=each.state in TAKES_PEOPLE,
        registration_deadline=each.registration_deadline,
        point=place_of(each),
    )


def place_of(row: Any) -> tuple[float, float] | None:
    """Give the place of a session, read with the modality of its course; ANYWHERE for one followed at a distance."""
    if row.modality is Modality.REMOTE:
        return ANYWHERE
    return None if row.latitude is None else (row.latitude, row.longitude)


def sheets_of(trades: Iterable[Id | None]) -> Sheets:
    """Tell, for these trades, which skills stand on their sheets."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = db.session.execute(
        select(OccupationSkill.skill_id, OccupationSkill.occupation_id).where(
            OccupationSkill.occupation_id.in_({each for each in trades if each is not None})
        )
    )
    for skill_id, occupation_id in rows:
        found[skill_id].add(occupation_id)
    return {skill_id: frozenset(each) for skill_id, each in found.items()}


def trades_of(ids: Collection[uuid.UUID]) -> set[int | None]:
    """Name the trades that needs look for."""
    return set(db.session.scalars(select(Need.occupation_id).where(Need.id.in_(ids)).distinct()))
