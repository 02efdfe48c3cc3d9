"""The trainer's day on a phone: today's half-day, everybody there in two taps, one person corrected, the code."""

from datetime import time

import pytest
from playwright.sync_api import expect

from campus import clock
from campus.models import CourseSessionState, EnrolmentState


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
def test_a_trainer_notes_attendance_in_two_taps(scripted, visit, live_make):
    make = live_make
    trainer = make.trainer()
    hour = clock.now().astimezone(clock.PARIS).hour
    session = make.course_session(starts_on=clock.today(), state=CourseSessionState.RUNNING)
    make.slot(session, trainer=trainer, begins=time(max(0, hour - 1)), ends=time(hour, 59))
    for _ in range(3):
        make.enrolment(session, make.trainee(), state=EnrolmentState.ATTENDED)
    with visit(trainer, viewport={"width": 360, "height": 740}, java_script_enabled=scripted) as page:
        page.goto("/formateurs/")
        page.click("main .card a.btn")
        page.click("main form[action$='/presents'] button")
        expect(page.locator("main .tag--ok")).to_have_count(3)
        page.click("main form[action$='/absent'] button >> nth=0")
        expect(page.locator("main .tag--bad")).to_have_count(1)
        page.click("main a[href$='/code']")
        assert page.locator("main img").is_visible()
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
