"""Linking needs and courses: candidates from the index, the verdict from `matching`, the answer stored."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, insert, select

from campus import changes, clock, db
from campus.matching import answers
from campus.matching.explanation import as_json, to_json
from campus.matching.judge import Judge
from campus.matching.linked_need import LinkedNeed
from campus.matching.objections import Objection, facts_of
from campus.matching.values import CourseView, Id, NeedView
from campus.models import ChangeKind, Course, CourseState, Match, MatchFeedback, Need, NeedAnswer, NeedState, random_id
from campus.queries import judging
from campus.queries.judging import RULES
from campus.queries.live_index import LiveIndex, live
from campus.queries.live_loading import in_parts
from campus.queries.referentials import version_in_force
from campus.services import jobs

KEPT, TEN = 6, 10
FEW = 20  # needs judged within a second: as many in one transaction as others can wait for
CHUNK = 250
ONE_WRITER = "matches"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A need, its answer, and of its best courses the two numbers that order them in the index."""

    need: NeedView
    answer: answers.Answer
    places: Mapping[Id, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The courses that decide a need's answer: the best, those that a pathway may need, those that the firm doubts."""

    ids: frozenset[Id]
    found: int
    places: Mapping[Id, tuple[int, int]]


def match_need(need: Need) -> None:
    """Judge the published courses for a need and store the answer, in the caller's transaction."""
    match_all([need.id])


def match_course(course: Course) -> int:
    """Judge again the open needs whose answer a course can change, as it was and as it is; count those judged at once.

    How it was is known from the index, if that was brought up to date before the change: see `get_ready`. A draft
    changes none. Needs that may only want the course in a pathway are many on a large campus: then jobs judge them.
    """
    if course.state == CourseState.DRAFT:
        return 0
    db.session.flush()
    db.one_at_a_time(ONE_WRITER)
    session, key = db.session(), str(course.id)
    with live(own=False) as index:
        waiting = index.waiting(session)
        ranked, left = waiting.ranked_by(key), waiting.related_by_pathways(key)
        index.see_own(session)
        ranked |= waiting.ranked_by(key)
        joined = waiting.related_by_pathways(key)
    # What this transaction has answered already leans on how the course stood in between.
    at_once = changes.ids_of(changes.noted(session), ChangeKind.NEED) | _keys(ranked)
    later, perhaps = _keys(left) - at_once, _keys(joined - left) - at_once
    if len(later) + len(perhaps) <= FEW:
        at_once, later, perhaps = at_once | later | perhaps, set(), set()
    _ask_to_judge(later)
    _ask_to_judge(perhaps, wanting=course.id)
    needs = _published(at_once)
    match_all(needs)
    return len(needs)


def _keys(ids: Iterable[Id]) -> set[uuid.UUID]:
    return {uuid.UUID(str(each)) for each in ids}


def _ask_to_judge(needs: Collection[uuid.UUID], *, wanting: uuid.UUID | None = None) -> None:
    ordered = sorted(needs)
    for start in range(0, len(ordered), FEW):
        jobs.enqueue("matches.judge_again", needs=ordered[start : start + FEW], wanting=wanting)


def judge_again(needs: Collection[str], wanting: str | None = None) -> int:
    """Judge needs that a change may have reached, or only those whose pathway may want a course; count them."""
    if wanting:
        with live() as index:
            needs = index.waiting(db.session()).wanting(wanting, needs)
    found = _published(_keys(needs))
    match_all(found)
    return len(found)


def _published(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    query = select(Need.id).where(Need.state == NeedState.PUBLISHED)
    return {each for part in in_parts(ids) for each in db.session.scalars(query.where(Need.id.in_(part)))}


def match_all(needs: Collection[uuid.UUID], done: Callable[[int], None] = lambda _count: None) -> None:
    """Judge many needs in one go, saying from time to time how many are done."""
    if not needs:
        return
    db.session.flush()
    db.one_at_a_time(ONE_WRITER)
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
    [judged] = bench.judged([judging.view_of(need, bench.sheets)], kept=TEN)
    return judged.answer


class Bench:
    """Where needs of these trades are judged: a course is loaded and prepared once for all of them."""

    def __init__(self, trades: Collection[int | None]) -> None:
        self.sheets = judging.sheets_of(trades)
        self._judge = Judge(RULES, today=clock.today())
        self._views: dict[Id, CourseView] = {}

    def judged(self, needs: Sequence[NeedView], *, kept: int) -> Iterator[Judged]:
        """Answer needs one after the other, as if every published course were judged; put the best into words."""
        objections = _objections([uuid.UUID(str(need.id)) for need in needs])
        with live() as index:
            chosen = [
                _candidates(index, linked, doubted=frozenset(objections.get(str(linked.view.id), {})), kept=kept)
                for linked in index.link(needs)
            ]
        self._load({course_id for each in chosen for course_id in each.ids})
        for need, candidates in zip(needs, chosen, strict=True):
            courses = [self._views[course_id] for course_id in candidates.ids if course_id in self._views]
            answer = self._judge.judge(need, courses, objections=objections.get(str(need.id), {}), kept=kept)
            yield Judged(need, replace(answer, found=candidates.found), candidates.places)

    def _load(self, ids: set[Id]) -> None:
        missing = {uuid.UUID(str(each)) for each in ids - self._views.keys()}
        for part in in_parts(missing):
            self._views.update((view.id, view) for view in judging.course_views(part, self.sheets))


def _candidates(index: LiveIndex, need: LinkedNeed, *, doubted: frozenset[Id], kept: int) -> Candidates:
    courses = index.courses
    found = courses.count(need)
    if not found:
        return Candidates(frozenset(), 0, {})
    ranked = courses.ranked(need, limit=kept + len(doubted))
    best = [courses.store.ids.id_of(row) for row in ranked.rows.tolist()]
    present = {each for each in doubted if courses.store.ids.row(each) is not None}
    return Candidates(
        ids=frozenset({*best, *courses.for_pathway(need, rejected=doubted), *present}),
        found=found,
        places=dict(zip(best, zip(ranked.key.tolist(), ranked.seats.tolist(), strict=True), strict=True)),
    )


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


def _store(ids: Collection[uuid.UUID], judged: Sequence[Judged], version: str) -> None:
    db.session.execute(delete(Match).where(Match.need_id.in_(ids)))
    db.session.execute(delete(NeedAnswer).where(NeedAnswer.need_id.in_(ids)))
    rows = [_row(each.need, match, n) for each in judged for n, match in enumerate(each.answer.matches, start=1)]
    if rows:
        db.session.execute(insert(Match.__table__), rows)
    if judged:
        db.session.execute(insert(NeedAnswer.__table__), [_answer_row(each, version) for each in judged])
    changes.note(db.session(), ChangeKind.NEED, ids)


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


def _answer_row(judged: Judged, version: str) -> Row:
    said = as_data(judged.answer)
    # How many courses have something to do with the need changes without its answer: it is counted when asked for.
    del said["found"]
    return {
        "need_id": uuid.UUID(str(judged.need.id)),
        "answer": said,
        "standing": as_standing(judged),
        "rules_version": RULES.version,
        "referential_version": version,
        "computed_at": clock.now(),
    }


def as_standing(judged: Judged) -> dict[str, Any]:
    """Say what an answer leans on, for `live_loading.listed` to read: its courses, and where a full list ends."""
    best = [match.course_id for match in judged.answer.matches if not match.rejected][:KEPT]
    full, pathway = len(best) == KEPT, judged.answer.pathway
    return {
        "best": best,
        "last": judged.places.get(best[-1]) if full else None,
        "pathway": [step.course_id for step in pathway.steps] if pathway else [],
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
