"""Judging many needs in one go gives what judging them one by one gives."""

import json

import pytest
from sqlalchemy import func, select

from campus import clock
from campus.demo import large, load
from campus.models import Course, CourseState, FeedbackReason, Match, MatchFeedback, Need, NeedAnswer, NeedState
from campus.queries import judging, shortlist
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
    large.generate(large.Size(needs=40, courses=60, sessions=50, trainees=20, organisations=5), lambda *_step: None)
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


def judged_one_by_one(db, needs):
    for need in needs:
        if need.state == NeedState.PUBLISHED:
            match_need(need)
    return stored(db)


def best_course(db):
    return db.session.scalars(select(Course).join(Match).group_by(Course.id).order_by(func.count().desc())).first()


def withdrawn(course):
    course.state = CourseState.SUSPENDED


def told_otherwise(course):
    course.hours, course.title, course.certification_ends_on = 7, "Tout autre chose", clock.today()


@pytest.mark.parametrize("change", [withdrawn, told_otherwise])
def test_a_course_that_changes_changes_the_answers_that_it_would_change_alone(db, campus, change, monkeypatch):
    monkeypatch.setattr(shortlist, "CANDIDATES", 8)
    match_all([need.id for need in campus])
    course, before = best_course(db), stored(db)
    change(course)
    assert 0 < match_course(course, reshaped=False) < len(campus)
    after = stored(db)
    assert before != after == judged_one_by_one(db, campus)


def test_a_course_published_changes_the_answers_that_it_would_change_alone(db, campus):
    course = best_course(db)
    withdrawn(course)
    before = judged_one_by_one(db, campus)
    course.state = CourseState.PUBLISHED
    match_course(course, reshaped=False)
    after = stored(db)
    assert before != after == judged_one_by_one(db, campus)


def test_a_draft_changes_no_answer(make):
    skills = [make.skill() for _ in range(4)]
    make.need(skills=skills)
    assert match_course(make.course(skills, state=CourseState.DRAFT)) == 0


def test_a_need_looks_the_same_from_its_row_as_from_the_columns(campus):
    sheets = judging.sheets_of(need.occupation_id for need in campus)
    from_columns = judging.need_views([need.id for need in campus], sheets)
    assert [judging.view_of(need, sheets) for need in sorted(campus, key=lambda need: need.id)] == from_columns
