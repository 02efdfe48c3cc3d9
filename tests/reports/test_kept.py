"""Today's figures are kept in memory and stay true: to what is written, to what is undone, and to the clock."""

from datetime import timedelta

from sqlalchemy import select

from campus import clock
from campus import db as campus_db
from campus.models import CoverageKind, CoverageSource, NeedPost
from campus.queries.report_cube import cube_today
from campus.queries.report_delays import delays_today
from campus.queries.report_training import training_today
from campus.reports.funnel import total
from campus.services import ledger

LIVES = (3, 10)


def test_figures_are_counted_once_while_nothing_is_written(lives, count_queries):
    kept = (cube_today(), training_today(), delays_today())
    with count_queries() as seen:
        assert (cube_today(), training_today(), delays_today()) == kept
    assert len(seen) == 3  # each asks what was written since


def hire(lives):
    post = campus_db.session.scalars(select(NeedPost).where(NeedPost.need_id == lives.needs[0].id)).first()
    ledger.append(lives.staff, post.id, CoverageKind.HIRED, source=CoverageSource.FIRM)


def test_what_is_undone_is_never_kept(lives):
    before = total(cube_today())["hired"]
    with campus_db.session.begin_nested() as attempt:
        hire(lives)
        assert total(cube_today())["hired"] == before + 1
        attempt.rollback()
    campus_db.session.commit()
    assert total(cube_today())["hired"] == before


def test_a_hire_comes_due_with_the_clock_alone(lives):
    hire(lives)
    campus_db.session.commit()
    before = total(cube_today())["due"]
    clock.freeze(clock.now() + timedelta(days=183))
    assert total(cube_today())["due"] > before
