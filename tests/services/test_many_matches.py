"""Judging many needs in one go gives what judging them one by one gives."""

import json
from uuid import UUID

import pytest
from sqlalchemy import func, select

from campus import clock
from campus.demo import large, load
from campus.matching.explanation import to_json
from campus.matching.judge import Judge
from campus.models import (
    Course,
    CourseState,
    FeedbackReason,
    Job,
    Match,
    MatchFeedback,
    Need,
    NeedAnswer,
    NeedState,
)
from campus.queries import judging, live_loading
from campus.queries.judging import RULES
from campus.queries.live_index import get_ready
from campus.services import matches
from campus.services.matches import match_all, match_course, match_need


def stored(db):
    """Give what is stored of every need, but for keys and times."""
    db.session.expire_all()
    rows = db.session.scalars(select(Match).order_by(Match.need_id, Match.position))
    answers = db.session.scalars(select(NeedAnswer).order_by(NeedAnswer.need_id))
    said = [(row.need_id, row.course_id, row.position, row.course_session_id, row.explanation) for row in rows]
    return json.dumps([said, [(row.need_id, row.answer) for row in answers]], default=str)


@pytest.fixture
def campus(db):
    """The demo and a small generated campus, one of whose answers a firm has contested."""
    load.load()
    large.generate(large.Size(needs=15, courses=40, sessions=40, trainees=20, organisations=5), lambda *_step: None)
    last = db.session.scalars(select(Match).order_by(Match.position.desc(), Match.need_id)).first()
    author = db.session.get(Need, last.need_id).author_id
    about = {"need_id": last.need_id, "course_id": last.course_id, "account_id": author}
    db.session.add(MatchFeedback(reason=FeedbackReason.OTHER, **about))
    needs = db.session.scalars(select(Need)).all()
    match_all([need.id for need in needs])
    return needs


def test_many_needs_at_once_are_answered_as_one_by_one(db, campus):
    match_all([need.id for need in campus])
    together = stored(db)
    for need in campus:
        match_need(need)
    assert stored(db) == together


def exhaustive(db, needs):
    """Give what should be stored of published needs: the judge's word on every published course."""
    found = []
    for need in sorted(needs, key=lambda each: str(each.id)):
        sheets = judging.sheets_of([need.occupation_id])
        published = db.session.scalars(select(Course.id).where(live_loading.PUBLISHED)).all()
        [asked] = judging.need_views([need.id], sheets)
        objections = matches._objections([need.id]).get(str(need.id), {})
        answer = Judge(RULES, today=clock.today()).judge(
            asked, judging.course_views(published, sheets), objections=objections, kept=matches.KEPT
        )
        said = matches.as_data(answer)
        del said["found"]
        found.append((str(need.id), [to_json(match) for match in answer.matches], said))
    return json.dumps(found, default=str, sort_keys=True)


def answered(db, needs):
    """Give what is stored of published needs, in the same words."""
    db.session.expire_all()
    found = []
    for need in sorted(needs, key=lambda each: str(each.id)):
        rows = db.session.scalars(select(Match).where(Match.need_id == need.id).order_by(Match.position))
        said = db.session.get_one(NeedAnswer, need.id).answer
        found.append((str(need.id), [row.explanation for row in rows], said))
    return json.dumps(found, default=str, sort_keys=True)


def waiting(campus):
    return [need for need in campus if need.state == NeedState.PUBLISHED]


def best_course(db):
    return db.session.scalars(select(Course).join(Match).group_by(Course.id).order_by(func.count().desc())).first()


def wanted_in_a_pathway_only(db):
    standings = db.session.scalars(select(NeedAnswer.standing).order_by(NeedAnswer.need_id)).all()
    return db.session.get(Course, next(UUID(s["pathway"][1]) for s in standings if len(s["pathway"]) > 1))


def withdrawn(course):
    course.state = CourseState.SUSPENDED


def told_otherwise(course):
    course.hours, course.title, course.certification_ends_on = 7, "Tout autre chose", clock.today()


def taught_less(course):
    course.outcomes = course.outcomes[:2]


def test_the_answers_are_those_of_judging_every_course(db, campus):
    match_all([need.id for need in campus])
    assert answered(db, campus) == exhaustive(db, campus)


@pytest.mark.parametrize("change", [withdrawn, taught_less, pytest.param(told_otherwise, marks=pytest.mark.long)])
def test_a_course_that_changes_leaves_the_answers_of_judging_every_course(db, campus, change):
    get_ready()
    course, before = best_course(db), answered(db, waiting(campus))
    change(course)
    assert 0 < match_course(course) < len(campus)
    after = answered(db, waiting(campus))
    assert before != after == exhaustive(db, waiting(campus))


def test_needs_that_may_only_want_the_course_in_a_pathway_are_left_to_jobs_that_find_the_same(db, campus, monkeypatch):
    monkeypatch.setattr(matches, "KEPT", 1)
    match_all([need.id for need in campus])
    get_ready()
    course = wanted_in_a_pathway_only(db)
    withdrawn(course)
    match_course(course)
    db.session.commit()
    monkeypatch.setattr(matches, "FEW", 1)
    get_ready()
    course.state = CourseState.PUBLISHED
    match_course(course)
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(Job).where(Job.kind == "matches.judge_again"))
    for job in db.session.scalars(select(Job).where(Job.kind == "matches.judge_again")).all():
        matches.judge_again(**job.payload)
    assert answered(db, waiting(campus)) == exhaustive(db, waiting(campus))


@pytest.mark.long
def test_every_course_in_turn_withdrawn_and_published_again_leaves_the_same_answers(db, campus):
    before = answered(db, waiting(campus))
    for course in db.session.scalars(select(Course).order_by(Course.id).limit(12)).all():
        get_ready()
        withdrawn(course)
        match_course(course)
        assert answered(db, waiting(campus)) == exhaustive(db, waiting(campus))
        course.state = CourseState.PUBLISHED
        match_course(course)
    assert answered(db, waiting(campus)) == before


def test_a_draft_changes_no_answer(make):
    skills = [make.skill() for _ in range(4)]
    make.need(skills=skills)
    assert match_course(make.course(skills, state=CourseState.DRAFT)) == 0


def test_a_need_looks_the_same_from_its_row_as_from_the_columns(campus):
    sheets = judging.sheets_of(need.occupation_id for need in campus)
    from_columns = judging.need_views([need.id for need in campus], sheets)
    assert [judging.view_of(need, sheets) for need in sorted(campus, key=lambda need: need.id)] == from_columns
