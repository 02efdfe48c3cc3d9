"""Generated campuses have the sizes asked for, and a past that keeps the rules of the ledger and of states."""

import itertools
from collections import defaultdict
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campus import clock
from campus.demo import content, large, load
from campus.demo.generated import draw
from campus.lifecycles import ENROLMENT
from campus.lifecycles.coverage import need_coverage
from campus.models import (
    HOLDS_SEAT,
    Account,
    AuditEvent,
    Course,
    CourseSession,
    Enrolment,
    EnrolmentState,
    Match,
    Need,
    NeedAnswer,
    NeedPost,
    NeedState,
    Organisation,
    SeatReservation,
)
from campus.queries.coverage import covered_posts
from campus.queries.report_cube import cube_today
from campus.queries.report_delays import delays_at, delays_today
from campus.queries.report_replay import cube_at
from campus.queries.report_training import training_at, training_today
from campus.reports.funnel import STEPS, total


def count(db, model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


@pytest.fixture
def generated(db):
    """A hundredth of the large campus beside the demo."""
    load.load()
    size = large.Size().times(0.01)
    large.generate(size, lambda *_step: None)
    return size


def test_a_generated_campus_has_as_much_of_everything_as_was_asked_and_never_oversells(db, generated):
    assert generated == large.Size(needs=50, courses=10, sessions=30, trainees=200, organisations=4)
    assert count(db, Need, Need.reference.startswith("G-")) == 50
    assert count(db, Course) == 10 + len(content.COURSES)
    assert count(db, CourseSession, CourseSession.place == "Campus industriel") == 30
    assert count(db, Account, Account.email.startswith("stagiaire.")) == 200
    assert count(db, Organisation) == 4 + len(content.FIRMS)
    check_seats(db)
    check_answers(db)


def check_seats(db):
    per_session = select(Enrolment.course_session_id, func.count()).group_by(Enrolment.course_session_id)
    holders = dict(db.session.execute(per_session.where(Enrolment.state.in_(HOLDS_SEAT))).all())
    waiting = dict(db.session.execute(per_session.where(Enrolment.state == EnrolmentState.WAITLISTED)).all())
    kept = select(SeatReservation.course_session_id, func.sum(SeatReservation.unnamed))
    unnamed = dict(db.session.execute(kept.group_by(SeatReservation.course_session_id)).all())
    sessions = db.session.scalars(select(CourseSession)).all()
    for each in sessions:
        assert each.seats_taken == holders.get(each.id, 0) + unnamed.get(each.id, 0) <= each.seats_max
        assert each.last_rank == waiting.get(each.id, 0)


def check_answers(db):
    assert count(db, NeedAnswer) == 50 + len(content.NEEDS)
    assert count(db, Match) > 50
    assert count(db, NeedPost) == db.session.scalar(select(func.sum(Need.posts)))


def test_a_generated_past_keeps_the_rules_of_the_ledger_and_of_states(db, generated):
    check_ledger(db)
    check_applications(db)
    check_past()


def check_ledger(db):
    states = {
        need: [each.coverage.state for each in covered_posts(need)]
        for need in db.session.scalars(select(Need).where(Need.reference.startswith("G-")))
    }
    kept = {need: [each.post.state.value for each in covered_posts(need)] for need in states}
    assert kept == states
    observed = {need for need, posts in states.items() if need_coverage(posts) == "observed"}
    assert {need for need in states if need.state is NeedState.COVERED} == observed


def check_applications(db):
    steps = {(start, row.ends) for row in ENROLMENT.rows for start in row.starts}
    logged = defaultdict(list)
    lines = select(AuditEvent).where(AuditEvent.subject_kind == "enrolments")
    for line in db.session.scalars(lines.order_by(AuditEvent.at)):
        logged[line.subject_id].append(line.details.get("before", ""))
    seated = select(Enrolment).where(
        Enrolment.state != EnrolmentState.WAITLISTED, Enrolment.account.has(Account.email.startswith("stagiaire."))
    )
    told = {each: [*logged[str(each.id)], each.state.value] for each in db.session.scalars(seated)}
    assert {pair for states in told.values() for pair in itertools.pairwise(states)} <= steps
    assert {states[-1] for states in told.values()} >= {"completed", "dropped_out", "confirmed"}


def check_past():
    now = clock.now()
    assert (cube_at(now), training_at(now), delays_at(now)) == (cube_today(), training_today(), delays_today())
    whole = total(cube_today())
    figures = [whole[step] for step in STEPS]
    assert figures == sorted(figures, reverse=True)
    assert whole["stayed"] > 0 < whole["withdrawn"]
    before = total(cube_at(now - timedelta(days=500)))
    assert 0 < before["declared"] < whole["declared"]
    assert 0 < before["hired"] < whole["hired"]


def test_the_same_seed_draws_the_same_trades(db):
    load.load()
    draws = [draw.Draw(1) for _ in range(2)]
    titles = [[each.trade().label for _ in range(20)] for each in draws]
    assert len(list(itertools.groupby(titles))) == 1
