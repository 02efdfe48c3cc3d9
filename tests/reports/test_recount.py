"""Every figure of the reports equals a recount from raw rows, today and on any past day."""

from collections import Counter

import pytest

from campus import clock
from campus.queries.report_cube import cube_today
from campus.queries.report_delays import delays_at, delays_today
from campus.queries.report_replay import cube_at
from campus.queries.report_training import training_at, training_today
from campus.reports.funnel import COUNTS, total
from campus.reports.training import FIGURES
from tests.reports import recount
from tests.reports.lives import Lives
from tests.reports.recount_delays import legs

YEARS = ("", "2027", "2028")


def read(cube):
    """Give a cube as the recount writes it."""
    return {
        (where.quarter, where.family, where.firm.replace("-", "")): +Counter(dict(zip(COUNTS, counts, strict=True)))
        for where, counts in cube.items()
    }


def read_training(training):
    """Give what sessions brought as the recount writes it."""
    return {
        (where.quarter, where.course.replace("-", ""), where.family): Counter(dict(zip(FIGURES, figures, strict=True)))
        for where, figures in training.items()
    }


def read_delays(found):
    """Give delays as the recount writes them."""
    return {(each.start, each.end): (each.n, each.middle, each.low, each.high) for each in found}


def check(seed, **size):
    """Live, and count three ways: on the way by the pages' statements, afterwards by replay and by hand."""
    lives = Lives(seed, **{name: count for name, count in size.items() if name != "acts"})
    published = {}
    for _year in range(3):
        lives.live(size["acts"])
        taught = training_today()
        assert read_training(taught) == recount.training(clock.now())
        for year in YEARS:
            assert read_delays(delays_today(year)) == legs(clock.now(), year)
        published[clock.now()] = (cube_today(), taught, delays_today())
    for instant, figures in published.items():
        assert (cube_at(instant), training_at(instant), delays_at(instant)) == figures
        assert read(figures[0]) == recount.funnel(instant)
        for year in YEARS:
            assert read_delays(delays_at(instant, year)) == legs(instant, year)
    posts = Counter(dict(zip(COUNTS, total(figures[0]).counts, strict=True)))
    return +posts, sum(read_training(figures[1]).values(), Counter()), read_delays(figures[2])


def test_the_funnel_equals_a_recount_from_raw_rows_on_any_past_day(db):
    posts, taught, days = check(6, acts=45, needs=6)
    assert not {"declared", "committed", "seats", "hired", "withdrawn", "due"} - set(posts)
    assert not {"began", "over", "completed", "dropped", "points"} - set(taught)
    assert all(n > 1 and low <= middle <= high for n, middle, low, high in days.values())


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_many_campuses_are_counted_alike(db, seed):
    assert check(seed, acts=250, needs=30, firms=6)[0]["hired"]
