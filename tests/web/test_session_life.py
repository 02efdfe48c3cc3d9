"""The page from which a session is run, its half-days, the trainer's phone, and the trainee's own half-days."""

from datetime import time

import pytest

from campus import clock
from campus.models import Attendance, AttendanceState, CourseSessionState, EnrolmentState, SkillResult, Slot
from campus.services.presence_codes import code_for
from campus.services.session_lives import open_session


@pytest.fixture
def trainer(make):
    return make.trainer()


@pytest.fixture
def slot(make, trainer):
    """A half-day that is going on."""
    hour = clock.now().astimezone(clock.PARIS).hour
    times = {"begins": time(max(0, hour - 1)), "ends": time(hour, 59)}
    session = make.course_session(starts_on=clock.today(), state=CourseSessionState.RUNNING)
    return make.slot(session, room=make.room(), trainer=trainer, **times)


@pytest.fixture
def taught(make, slot):
    return make.enrolment(slot.course_session, make.trainee(), state=EnrolmentState.ATTENDED)


def test_the_page_of_a_session_tells_all_there_is(as_staff, make, db, count_queries, slot, taught):
    session = make.course_session(state=CourseSessionState.PREPARATION)
    open_session(as_staff.account, session)
    make.slot(session)
    db.session.commit()
    with count_queries(at_most=12):
        page = as_staff.page(f"/campus/sessions/{session.id}")
    for said in ("Convocations envoyées", "Inscriptions ouvertes", "à donner", "Personne n'attend."):
        assert said in page.text


def test_call_ups_prepared_on_the_page_are_taken_back_there(as_staff, make):
    session = make.course_session(state=CourseSessionState.CONFIRMED)
    make.enrolment(session, make.trainee(), state=EnrolmentState.CONFIRMED)
    here = f"/campus/sessions/{session.id}"
    as_staff.post_form(f"{here}/convoquer", at=here)
    page = as_staff.page(here)
    assert "1 convocation part le" in page.text
    assert "Convoquer 1 personne maintenant" not in page.text
    as_staff.post_form(f"{here}/convoquer/annuler", at=here)
    assert "Convoquer 1 personne maintenant" in as_staff.page(here).text


def test_half_days_are_planned_and_a_room_already_taken_is_named(as_staff, make, db, slot):
    other = make.course_session(starts_on=slot.day)
    here = f"/campus/sessions/{other.id}/demi-journees"
    days = {"first": slot.day.isoformat(), "last": slot.day.isoformat(), "weekdays": [str(n) for n in range(6)]}
    form = {**days, "halves": ["morning"], "room": str(slot.room_id)}
    if slot.day.weekday() < 6:
        refused = as_staff.post_form(here, form)
        assert refused.status_code == 409
        assert f"{slot.room.name} est déjà pris" in refused.page.text
        assert as_staff.post_form(here, {**form, "room": ""}).status_code == 303
        assert db.session.query(Slot).filter(Slot.course_session_id == other.id).count() == 1


def test_everybody_is_marked_present_and_it_can_be_undone(sign_in, db, trainer, slot, taught):
    phone = sign_in(trainer)
    here = f"/formateurs/demi-journees/{slot.id}"
    phone.post_form(f"{here}/presents", at=here)
    assert db.session.query(Attendance).one().state is AttendanceState.PRESENT
    batch = db.session.query(Attendance).one().batch_id
    phone.post_form(f"{here}/presents/{batch}/annuler", at=here)
    assert db.session.query(Attendance).count() == 0


def test_another_trainer_does_not_see_the_half_day(sign_in, make, slot):
    assert sign_in(make.trainer()).get(f"/formateurs/demi-journees/{slot.id}").status_code == 404


def test_a_trainee_signs_with_the_code_and_a_stranger_does_not(sign_in, make, db, slot, taught):
    here = f"/parcours/presence/{code_for(slot)}"
    assert sign_in(make.trainee()).get(here).status_code == 404
    sign_in(taught.account).post_form(here)
    assert db.session.query(Attendance).one().enrolment_id == taught.id


def test_levels_are_noted_on_the_scale(sign_in, make, db, trainer, slot, taught):
    skill = make.skill()
    make.save(make.CourseOutcome(course_id=slot.course_session.course_id, skill=skill, exit_level=3, position=9))
    sign_in(trainer).post_form(f"/formateurs/resultats/{taught.id}", {"lines-0-level": "2"})
    assert db.session.query(SkillResult).one().level == 2


def test_a_paper_sheet_is_typed_in(as_staff, db, slot, taught):
    line = {"lines-0-state": "late", "lines-0-minutes": "90"}
    if slot.minutes >= 90:
        as_staff.post_form(f"/campus/demi-journees/{slot.id}/feuille", line)
        assert db.session.query(Attendance).one().minutes == 90


def ticked(page):
    """List the applications whose box is ticked."""
    (form,) = (each for each in page.forms if each.action.endswith("/accepter"))
    return form.values["people"]


def test_applications_are_accepted_from_the_page_of_the_session(as_staff, make):
    session = make.course_session()
    first, second = (make.enrolment(session, make.trainee()) for _ in range(2))
    here = f"/campus/sessions/{session.id}"
    as_staff.post_form(f"{here}/accepter", {"people": [str(first.id)]}, at=here)
    page = as_staff.page(here)
    assert "1 réponse part le" in page.text
    assert ticked(page) == [str(second.id)]
    as_staff.post_form(f"{here}/accepter/annuler", at=here)
    assert sorted(ticked(as_staff.page(here))) == sorted([str(first.id), str(second.id)])


def test_what_the_service_sees_done_is_ticked_and_the_rest_is_given_to_somebody(as_staff, make, db, slot, taught):
    open_session(as_staff.account, session := make.course_session(state=CourseSessionState.PREPARATION))
    make.slot(session, room=make.room(), trainer=make.trainer())
    make.enrolment(session, make.trainee(), state=EnrolmentState.CALLED_UP)
    other = make.staff(display_name="Aïcha Benali")
    here = f"/campus/sessions/{session.id}"
    page = as_staff.page(here)
    assert page.text.count("vu par le service") == 2
    as_staff.post_form(f"{here}/a-faire/confier", {"holder": str(other.id)}, at=here)
    assert "Conventions et contrats signés : Aïcha Benali s'en charge" in as_staff.page(here).text
