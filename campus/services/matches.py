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
    rejected = _rejected([need.id for need in needs])
    for need in needs:
        yield (
            need,
            judge_need(
                judging.need_view(need, sheets),
                [views[course_id] for course_id in candidates[need.id]],
                rules=RULES,
                rejected=frozenset(rejected.get(need.id, ())),
                today=clock.today(),
            ),
        )


def _rejected(needs: Collection[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    found: dict[uuid.UUID, set[str]] = {}
    rows = db.session.execute(
        select(MatchFeedback.need_id, MatchFeedback.course_id).where(
            MatchFeedback.need_id.in_(needs), MatchFeedback.withdrawn_at.is_(None)
        )
    )
    for need_id, course_id in rows:
        found.setdefault(need_id, set()).add(str(course_id))
    return found


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
    return enumerate(answer.matches[:KEPT], start=1)


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
