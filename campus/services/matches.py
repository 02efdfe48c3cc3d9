"""Linking needs and courses: candidates from the database, the verdict from `matching`, the answer stored."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from campus import clock, db
from campus.matching import answers
from campus.matching.explanation import as_json, to_json
from campus.matching.judge import Judge
from campus.matching.objections import Objection, facts_of
from campus.matching.values import CourseView, Id, NeedView, Rules
from campus.models import Course, CourseState, Match, MatchFeedback, Need, NeedAnswer, NeedState, random_id
from campus.queries import judging
from campus.queries.referentials import version_in_force
from campus.queries.shortlist import Shortlist

RULES = Rules()
KEPT = 6
CHUNK, SHORTLISTED = 250, 2000
Row = dict[str, Any]
Judged = list[tuple[NeedView, answers.Answer]]


def match_need(need: Need) -> None:
    """Judge the published courses for a need and store the answer, in the caller's transaction."""
    match_all([need.id])


def match_course(course: Course, *, reshaped: bool = True) -> int:
    """Judge again the open needs whose answer a course can change; count them.

    A course that was not reshaped (what it teaches, the trades it leads to) is or was on the shortlists where it
    stands now, so that only these needs, and those whose answer names it, can change. A draft changes none.
    """
    if course.state == CourseState.DRAFT:
        return 0
    db.session.flush()
    earlier = db.session.scalars(
        select(Match.need_id)
        .join(Need, Need.id == Match.need_id)
        .where(Match.course_id == course.id, Need.state == NeedState.PUBLISHED)
    )
    named = set(earlier)
    concerned = named | set(judging.open_needs_concerned(course))
    touched = concerned if reshaped else named | _shortlisting(course, concerned - named)
    match_all(touched)
    return len(touched)


def _shortlisting(course: Course, needs: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Keep the needs that have a course on their shortlist, or would have it if it were published."""
    found: set[uuid.UUID] = set()
    ids = sorted(needs)
    for start in range(0, len(ids), SHORTLISTED):
        views = judging.need_views(ids[start : start + SHORTLISTED], {})
        shortlist = Shortlist(views, also=course.id)
        found.update(uuid.UUID(str(need.id)) for need in views if course.id in shortlist.of(need))
    return found


def match_all(needs: Collection[uuid.UUID], done: Callable[[int], None] = lambda _count: None) -> None:
    """Judge many needs in one go, saying from time to time how many are done."""
    db.session.flush()
    ids = sorted(needs)
    bench = Bench(trades=judging.trades_of(ids))
    version = version_in_force()
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        views = judging.need_views(chunk, bench.sheets)
        _store(chunk, list(bench.judged(views, kept=KEPT)), version)
        done(start + len(chunk))


def judge(need: Need) -> answers.Answer:
    """Judge the published courses for a need that may stand nowhere in the database, and write nothing."""
    bench = Bench(trades={need.occupation_id})
    [(_, answer)] = bench.judged([judging.view_of(need, bench.sheets)])
    return answer


class Bench:
    """Where needs of these trades are judged: a course is loaded and prepared once for all of them."""

    def __init__(self, trades: Collection[int | None]) -> None:
        self.sheets = judging.sheets_of(trades)
        self._judge = Judge(RULES, today=clock.today())
        self._views: dict[uuid.UUID, CourseView] = {}

    def judged(
        self, needs: Sequence[NeedView], *, kept: int | None = None
    ) -> Iterator[tuple[NeedView, answers.Answer]]:
        """Answer needs one after the other; with `kept`, put only so many matches of each into words."""
        shortlist = Shortlist(needs)
        candidates = [shortlist.of(need) for need in needs]
        self._load({course_id for each in candidates for course_id in each})
        objections = _objections([uuid.UUID(str(need.id)) for need in needs])
        for need, ids in zip(needs, candidates, strict=True):
            courses = [self._views[course_id] for course_id in ids]
            yield need, self._judge.judge(need, courses, objections=objections.get(str(need.id), {}), kept=kept)

    def _load(self, ids: set[uuid.UUID]) -> None:
        missing = ids - self._views.keys()
        if missing:
            self._views.update((uuid.UUID(str(view.id)), view) for view in judging.course_views(missing, self.sheets))


def _objections(needs: Collection[uuid.UUID]) -> dict[str, dict[Id, Objection]]:
    found: dict[str, dict[Id, Objection]] = defaultdict(dict)
    rows = db.session.execute(
        select(MatchFeedback.need_id, MatchFeedback.course_id, MatchFeedback.reason, MatchFeedback.features).where(
            MatchFeedback.need_id.in_(needs), MatchFeedback.withdrawn_at.is_(None)
        )
    )
    for row in rows:
        found[str(row.need_id)][str(row.course_id)] = Objection(row.reason.value, row.features)
    return found


def facts_today(need: Need, course_id: uuid.UUID) -> dict[str, Any]:
    """Give the facts of a match as they are today, for an objection to be held against."""
    sheets = judging.sheets_of([need.occupation_id])
    asked, [course] = judging.view_of(need, sheets), judging.course_views([course_id], sheets)
    today = clock.today()
    matches = Judge(RULES, today=today).judge(asked, [course]).matches
    return facts_of(asked, course, matches[0], today=today) if matches else {}


def _store(ids: Collection[uuid.UUID], judged: Judged, version: str) -> None:
    db.session.execute(delete(Match).where(Match.need_id.in_(ids)))
    db.session.execute(delete(NeedAnswer).where(NeedAnswer.need_id.in_(ids)))
    rows = [_row(need, match, n) for need, answer in judged for n, match in _numbered(answer)]
    if rows:
        db.session.execute(insert(Match.__table__), rows)
    if judged:
        db.session.execute(insert(NeedAnswer.__table__), [_answer_row(*each, version) for each in judged])


def _numbered(answer: answers.Answer) -> Iterator[tuple[int, answers.Match]]:
    """Number the matches as they stand among all: after the best come those that the firm set aside, the last."""
    beyond = answer.found - len(answer.matches)
    return ((n if n <= KEPT else n + beyond, match) for n, match in enumerate(answer.matches, start=1))


def _row(need: NeedView, match: answers.Match, position: int) -> Row:
    return {
        "id": random_id(),
        "need_id": uuid.UUID(str(need.id)),
        "course_id": uuid.UUID(str(match.course_id)),
        "course_session_id": uuid.UUID(str(match.session_id)) if match.session_id else None,
        "position": position,
        "gates_open": not match.closed_gates,
        "essential_met": match.coverage.essential_met,
        "essential_partial": match.coverage.essential_partial,
        "essential_missing": match.coverage.essential_missing,
        "explanation": to_json(match),
        "rules_version": RULES.version,
        "computed_at": clock.now(),
    }


def _answer_row(need: NeedView, answer: answers.Answer, version: str) -> Row:
    return {
        "need_id": uuid.UUID(str(need.id)),
        "answer": as_data(answer),
        "rules_version": RULES.version,
        "referential_version": version,
        "computed_at": clock.now(),
    }


def as_data(answer: answers.Answer) -> dict[str, Any]:
    """Turn what is said of the need as a whole into JSON-able values."""
    return {
        "found": answer.found,
        "pathway": as_json(answer.pathway),
        "not_enough": as_json(answer.not_enough),
        "hints": as_json(answer.hints),
        "uncovered": as_json(answer.uncovered),
    }
