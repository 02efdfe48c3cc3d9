"""Linking needs and courses: candidates from the database, the verdict from `matching`, the answer stored."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, select

from campus import clock, db
from campus.matching import answers
from campus.matching.explanation import to_json
from campus.matching.judge import judge_need
from campus.matching.objections import Objection, facts_of
from campus.matching.values import Rules
from campus.models import Course, Match, MatchFeedback, Need, NeedAnswer, NeedState, random_id
from campus.queries import judging
from campus.queries.referentials import version_in_force
from campus.services.audit import plain

RULES = Rules()
KEPT = 6
MATCHED_STATES = frozenset({NeedState.PUBLISHED})


def match_need(need: Need) -> None:
    """Judge the published courses for a need and store the answer, in the caller's transaction."""
    db.session.flush()
    ids = judging.candidate_course_ids(need)
    _answer([need], {need.id: ids})


def match_course(course: Course) -> int:
    """Judge again the open needs that a course concerns or concerned; count them."""
    db.session.flush()
    earlier = db.session.scalars(select(Match.need_id).where(Match.course_id == course.id))
    concerned = sorted({*judging.open_needs_concerned(course), *earlier})
    needs = [need for need in judging.needs_to_judge(concerned) if need.state in MATCHED_STATES]
    _answer(needs, {need.id: judging.candidate_course_ids(need) for need in needs})
    return len(needs)


def match_all(needs: Collection[uuid.UUID]) -> None:
    """Judge many needs in one go, for imports and demonstrations."""
    loaded = judging.needs_to_judge(needs)
    _answer(loaded, {need.id: judging.candidate_course_ids(need) for need in loaded})


def judge(need: Need) -> answers.Answer:
    """Judge the published courses for a need that may stand nowhere in the database, and write nothing."""
    [(_, answer)] = _judged([need], {need.id: judging.candidate_course_ids(need)})
    return answer


def _answer(needs: Collection[Need], candidates: Mapping[uuid.UUID, Collection[uuid.UUID]]) -> None:
    version = version_in_force()
    for need, answer in _judged(needs, candidates):
        _store(need, answer, version)


def _judged(
    needs: Collection[Need], candidates: Mapping[uuid.UUID, Collection[uuid.UUID]]
) -> Iterator[tuple[Need, answers.Answer]]:
    sheets = judging.sheets_around(needs)
    wanted = {course_id for ids in candidates.values() for course_id in ids}
    views = {uuid.UUID(str(view.id)): view for view in judging.course_views(wanted, sheets)}
    objections = _objections([need.id for need in needs])
    for need in needs:
        yield (
            need,
            judge_need(
                judging.need_view(need, sheets),
                [views[course_id] for course_id in candidates[need.id]],
                rules=RULES,
                objections=objections.get(need.id, {}),
                today=clock.today(),
            ),
        )


def _objections(needs: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[str, Objection]]:
    found: dict[uuid.UUID, dict[str, Objection]] = {}
    rows = db.session.scalars(
        select(MatchFeedback).where(MatchFeedback.need_id.in_(needs), MatchFeedback.withdrawn_at.is_(None))
    )
    for row in rows:
        found.setdefault(row.need_id, {})[str(row.course_id)] = Objection(row.reason.value, row.features)
    return found


def facts_today(need: Need, course_id: uuid.UUID) -> dict[str, Any]:
    """Give the facts of a match as they are today, for an objection to be held against."""
    sheets = judging.sheets_around([need])
    asked, [course] = judging.need_view(need, sheets), judging.course_views([course_id], sheets)
    today = clock.today()
    matches = judge_need(asked, [course], rules=RULES, today=today).matches
    return facts_of(asked, course, matches[0], today=today) if matches else {}


def _store(need: Need, answer: answers.Answer, version: str) -> None:
    db.session.execute(delete(Match).where(Match.need_id == need.id))
    db.session.execute(delete(NeedAnswer).where(NeedAnswer.need_id == need.id))
    if answer.matches:
        db.session.execute(insert(Match), [_row(need, each, n) for n, each in _kept(answer)])
    db.session.execute(
        insert(NeedAnswer),
        [
            {
                "need_id": need.id,
                "answer": as_data(answer),
                "rules_version": RULES.version,
                "referential_version": version,
                "computed_at": clock.now(),
            }
        ],
    )


def _kept(answer: answers.Answer) -> Iterable[tuple[int, answers.Match]]:
    """Number the best answers, and those that the firm rejected, so that it sees where they went."""
    numbered = enumerate(answer.matches, start=1)
    return [(n, match) for n, match in numbered if n <= KEPT or match.rejected]


def _row(need: Need, match: answers.Match, position: int) -> dict[str, Any]:
    return {
        "id": random_id(),
        "need_id": need.id,
        "course_id": uuid.UUID(str(match.course_id)),
        "course_session_id": uuid.UUID(str(match.session_id)) if match.session_id else None,
        "position": position,
        "gates_open": not match.closed_gates,
        "essential_met": match.coverage.essential_met,
        "essential_partial": match.coverage.essential_partial,
        "essential_missing": match.coverage.essential_missing,
        "explanation": plain(to_json(match)),
        "rules_version": RULES.version,
        "computed_at": clock.now(),
    }


def as_data(answer: answers.Answer) -> dict[str, Any]:
    """Turn what is said of the need as a whole into JSON-able values."""
    return {
        "found": len(answer.matches),
        "pathway": plain(asdict(answer.pathway)) if answer.pathway else None,
        "not_enough": [plain(asdict(each)) for each in answer.not_enough],
        "hints": [plain(asdict(each)) for each in answer.hints],
        "uncovered": [plain(asdict(each)) for each in answer.uncovered],
    }
