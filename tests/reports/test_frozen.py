"""What was published at a date stays, to the digit, and comes out again from the ledger."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from campus import clock, db
from campus.models import FrozenReport
from campus.queries.report_cube import cube_today
from campus.queries.report_delays import delays_today
from campus.queries.report_training import training_today
from campus.queries.reports import frozen_report
from campus.reports.book import Book, digest_of, read
from campus.services import reports

LIVES = (4, 15)


def freeze(lives):
    """Freeze today, as it is done tomorrow."""
    day = clock.today()
    clock.freeze(clock.now() + timedelta(days=1))
    return reports.freeze(lives.staff, day)


def test_a_frozen_day_keeps_the_figures_that_were_on_the_pages(lives):
    shown = Book(cube_today(), training_today(), delays_today())
    assert read(freeze(lives).figures) == shown
    assert shown.funnel


def test_a_frozen_day_comes_out_again_to_the_digit_whatever_happened_since(lives):
    made = freeze(lives)
    kept = json.dumps(made.figures, sort_keys=True)
    db.session.commit()
    lives.live(15)
    db.session.expire_all()
    again = frozen_report(made.id)
    assert reports.comes_out_again(again)
    assert json.dumps(again.figures, sort_keys=True) == kept
    assert Book(cube_today(), training_today(), delays_today()).written() != again.figures


def test_a_day_frozen_by_the_first_rules_is_read_and_comes_out_again_by_them(lives):
    report = freeze(lives)
    old = Book(cube_today(), training_today(), delays_today()).written("1")
    assert old["training"][0] == report.figures["training"][0][:-1]
    kept = FrozenReport(day=report.day, rules="1", figures=old, digest=digest_of(old), author=lives.staff)
    assert reports.comes_out_again(kept)
    assert all(figures[-1] == figures[4] + figures[5] for figures in read(old).training.values())


def test_one_digit_changed_gives_another_digest(lives):
    figures = freeze(lives).figures
    before = digest_of(figures)
    figures["funnel"][0][-1] += 1
    assert digest_of(figures) != before


@pytest.mark.parametrize(
    "attack", ["UPDATE frozen_reports SET digest = 'x'", "DELETE FROM frozen_reports", "TRUNCATE frozen_reports"]
)
def test_the_database_refuses_to_change_what_is_frozen(db, make, attack, stop_clock):
    reports.freeze(make.staff(), clock.today() - timedelta(days=1))
    if not (db.is_sqlite() and attack.startswith("TRUNCATE")):
        with pytest.raises(DBAPIError, match="never changed or deleted"), db.session.begin_nested():
            db.session.execute(text(attack))
    assert len(db.session.scalars(select(FrozenReport)).all()) == 1


def test_a_day_that_is_not_over_cannot_be_frozen(db, make):
    with pytest.raises(reports.DayIsNotOver):
        reports.freeze(make.staff(), clock.today())


def test_a_day_is_frozen_once(db, make):
    staff, day = make.staff(), clock.today() - timedelta(days=1)
    reports.freeze(staff, day)
    with pytest.raises(reports.DayIsFrozen):
        reports.freeze(staff, day)
