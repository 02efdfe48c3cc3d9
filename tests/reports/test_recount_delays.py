"""Delays equal a recount: of any days, and on the page, and of a frozen day (test_recount.py: any past day)."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campus import clock
from campus.reports.delays import delays
from campus.services.reports import freeze
from tests.harness.pages import words
from tests.reports import recount_delays as recount


@given(st.lists(st.integers(-5, 400), max_size=13))
def test_the_middle_and_the_quarters_are_nearest_ranks(counted):
    first = date(2027, 1, 4)
    posts = [{"declared": first, "hired": first + timedelta(days=each)} for each in counted]
    found = delays(posts)[-1]
    assert (found.n, found.middle, found.low, found.high) == recount.told("declared", "hired", posts)


def on(page):
    """Read the rows of the page of delays, as the recount writes them."""
    cells = [[words(cell) for cell in row if cell.tag in {"th", "td"}] for row in page.all("tr")[1:]]
    return [tuple(None if each == "–" else int(each) for each in row[1:]) for row in cells]


def test_the_page_of_delays_says_the_recount_today_of_a_year_and_on_a_frozen_day(client, lives):
    kept = freeze(lives.staff, clock.today() - timedelta(days=1))
    midnight, key = datetime.combine(clock.today(), time.min, recount.PARIS), kept.id
    lives.live(40)
    browser = client.sign_in_as(lives.staff)
    today = list(recount.legs(clock.now()).values())
    assert on(browser.page("/campus/bilans/delais")) == today
    for year in ("2027", "2028"):
        assert on(browser.page(f"/campus/bilans/delais?annee={year}")) == list(recount.legs(clock.now(), year).values())
    for year in ("", "2027", "2028"):
        before = list(recount.legs(midnight - timedelta(microseconds=1), year).values())
        assert on(browser.page(f"/campus/bilans/delais?arrete={key}&annee={year}")) == before != today
