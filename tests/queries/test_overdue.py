"""What is overdue around the sessions is in the staff's queue until it is done, or seen to be."""

import itertools
from datetime import timedelta

import pytest

from campus import clock
from campus.models import Anchor, ChecklistKind, CourseSessionState, EnrolmentState
from campus.queries.attendance import sheets_of
from campus.queries.checklists import checklist_of, seen_done
from campus.queries.offers import people_in
from campus.queries.overdue import AHEAD, STILL_MATTER, overdue
from campus.queries.slots import slots_of
from campus.services import checklists

K, S = ChecklistKind, EnrolmentState
QUEUE = "/campus/a-traiter/"


@pytest.fixture
def session_in(make):
    """Make a session that begins in so many days, with its checklist."""

    def made(days, **given):
        session = make.course_session(starts_on=clock.today() + timedelta(days=days), **given)
        checklists.make_checklist(session)
        make.save(session)
        return session

    return made


def kinds_of(session):
    return {kind for each in overdue(limit=99) if each.course_session.id == session.id for kind in each.kinds}


def test_what_is_past_its_day_is_overdue_and_nothing_else(session_in):
    assert kinds_of(session_in(21)) == set()
    assert kinds_of(session_in(20)) == {K.AGREEMENTS}
    assert kinds_of(session_in(14)) == {K.AGREEMENTS, K.ROOM, K.CALL_UP}


def test_a_session_is_one_line_since_the_oldest_thing_and_the_oldest_comes_first(session_in):
    later, first = session_in(19), session_in(5)
    found = overdue(limit=99)
    assert [each.course_session.id for each in found] == [first.id, later.id]
    assert found[0].kinds[0] is K.AGREEMENTS
    assert found[0].due_on == first.starts_on - timedelta(days=21)


@pytest.mark.parametrize("state", sorted(set(CourseSessionState) - set(STILL_MATTER)))
def test_a_session_that_is_over_or_off_has_nothing_overdue(session_in, state):
    assert kinds_of(session_in(5, state=state)) == set()


def test_no_item_is_due_earlier_than_the_query_looks():
    starts = [-days for anchor, days in checklists.DUE.values() if anchor is Anchor.START]
    assert max(starts) <= AHEAD.days
    assert min(days for anchor, days in checklists.DUE.values() if anchor is Anchor.END) >= 0


PEOPLE = ((), (S.CONFIRMED,), (S.CALLED_UP,), (S.COMPLETED,), (S.COMPLETED_PART, S.ATTENDED), (S.WITHDRAWN,))
HALF_DAYS = ((), ("room and trainer",), ("room and trainer", "room"))


def test_what_the_session_page_sees_done_is_not_overdue(make, session_in):
    sessions = []
    for states, half_days in itertools.product(PEOPLE, HALF_DAYS):
        session = session_in(-40, state=CourseSessionState.FINISHED)
        sessions.append(session)
        for state in states:
            make.enrolment(session, make.trainee(), state=state)
        for number, given in enumerate(half_days):
            day = session.starts_on + timedelta(days=number)
            make.slot(session, day=day, room=make.room(), trainer=make.trainer() if "trainer" in given else None)
    found = {each.course_session.id: set(each.kinds) for each in overdue(limit=len(sessions))}
    assert found == {each.id: {item.kind for item in checklist_of(each)} - _seen(each) for each in sessions}
    assert {len(kinds) for kinds in found.values()} == {6, 7, 8, 9}


def _seen(session):
    slots = slots_of(session)
    return seen_done(people_in(session), slots, sheets_of(slots))


def test_the_queue_leads_to_the_checklist_until_it_is_ticked_off(as_staff, make, session_in, count_queries):
    session = session_in(20)
    with count_queries(at_most=12):
        page = as_staff.get(QUEUE).page
    assert page.links[session.course.title] == f"/campus/sessions/{session.id}#a-faire"
    assert "Conventions et contrats signés" in page.text
    (item,) = (each for each in checklist_of(session) if each.kind is K.AGREEMENTS)
    as_staff.post_form(f"/campus/a-faire/{item.id}/fait", at=f"/campus/sessions/{session.id}")
    assert session.course.title not in as_staff.get(QUEUE).text
