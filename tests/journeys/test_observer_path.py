"""A sponsor's way: from a frozen figure to the lines that prove it, without a name; the staff freeze it before."""

from datetime import UTC, datetime, timedelta

import pytest

from campus import clock, db
from campus.models import CoverageKind, CoverageSource, EnrolmentState, NeedPost
from campus.services import ledger
from tests.journeys.steps import ENGLISH, FRENCH, PLAIN, only_long, press
from tests.reports.test_staff_reports import declare

HIRED = datetime(2027, 3, 1, 8, tzinfo=UTC)
LATER = HIRED + timedelta(days=40)
STEPS = (CoverageKind.ENROLLED, CoverageKind.COMPLETED, CoverageKind.HIRED)


@pytest.fixture
def people(stop_clock, live_make):
    """Three firms, each with four posts and two hires in one trade; the keys of a member of staff and an observer."""
    stop_clock(HIRED)
    make, staff = live_make, live_make.staff()
    trade = make.occupation("Conduite de ligne")
    for number in range(3):
        firm = make.organisation(name=f"Cosmétiques {number}")
        need = declare(make, make.need(firm, occupation=trade, posts=4))
        for post in db.session.query(NeedPost).filter(NeedPost.need_id == need.id, NeedPost.number < 3).all():
            person = make.trainee(display_name="Camille Candidate")
            hired = make.enrolment(make.course_session(), person, state=EnrolmentState.CONFIRMED)
            for kind in STEPS:
                ledger.append(staff, post.id, kind, enrolment=hired, source=CoverageSource.CAMPUS)
    db.session.commit()
    found = {"staff": staff.id, "observer": make.observer().id}
    db.session.remove()
    clock.freeze(LATER)
    return found


@pytest.mark.parametrize("reader", [FRENCH, only_long(PLAIN), only_long(ENGLISH)], indirect=True)
def test_a_sponsor_follows_a_figure_to_its_proofs(enter, people, axe):
    with enter("/campus/bilans/arretes", people["staff"]) as page:
        page.fill("[name=day]", "2027-03-31")
        press(page, "main form .actions button")
        assert page.locator("main .funnel .n").first.inner_text().startswith("12")

    with enter("/indicateurs/bilan/", people["observer"]) as page:
        axe(page)
        row = page.locator("section[aria-labelledby=familles] tr", has_text="Conduite de ligne")
        cell = row.get_by_role("link", name="6", exact=True).last
        with page.expect_navigation():
            cell.click()
        assert page.locator("main tbody tr").count() == 6
        assert "2027-03" in page.locator("main tbody tr").first.inner_text()
        told = page.locator("main").inner_text()
        assert "Cosmétiques" not in told
        assert "Candidate" not in told
        axe(page)
