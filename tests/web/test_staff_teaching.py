"""How a course is taught and when the campus is closed, as the staff say it on their pages."""

from datetime import date

from campus.models import CampusClosure, CourseEquipment, CourseTeaching, RoomEquipment


def test_the_rhythm_and_the_equipment_of_a_course_are_said_on_its_page(as_staff, make, db):
    course = make.course()
    make.room(equipment=[RoomEquipment(name="Tour")])
    page = f"/campus/formations/{course.id}/organisation"
    typed = {"half_days": "4", "every_weeks": "2", "cost": "1 200,50", "equipment": "Tour", "others": "Sas\n"}
    assert as_staff.post_form(page, typed, at=page).status_code == 303
    row = db.session.get_one(CourseTeaching, course.id)
    assert (row.half_days, row.every_weeks, row.seats_min, str(row.cost)) == (4, 2, None, "1200.50")
    assert {each.name for each in db.session.query(CourseEquipment)} == {"Tour", "Sas"}
    assert as_staff.get(page).page.text.count("Sas") == 1


def test_a_least_number_without_a_most_is_refused_in_words(as_staff, make):
    page = f"/campus/formations/{make.course().id}/organisation"
    answer = as_staff.post_form(page, {"half_days": "11", "every_weeks": "1", "seats_min": "4"}, at=page)
    assert answer.status_code == 422
    assert "Indiquez les deux nombres" in answer.page.text
    assert "Indiquez un nombre de 1 à 10" in answer.page.text


def test_a_closure_is_noted_and_taken_back(as_staff, db):
    page = "/campus/fermetures"
    typed = {"starts_on": "2027-08-02", "ends_on": "2027-08-20", "reason": "Été"}
    assert as_staff.post_form(page, typed, at=page).status_code == 303
    (closure,) = db.session.query(CampusClosure)
    assert (closure.starts_on, closure.ends_on) == (date(2027, 8, 2), date(2027, 8, 20))
    as_staff.post_form(f"{page}/{closure.id}/retirer", at=page)
    assert not db.session.query(CampusClosure).all()


def test_a_closure_over_planned_half_days_names_them(as_staff, make):
    slot = make.slot(make.course_session(starts_on=date(2027, 8, 2), ends_on=date(2027, 8, 6)), room=make.room())
    typed = {"starts_on": "2027-08-01", "ends_on": "2027-08-20"}
    answer = as_staff.post_form("/campus/fermetures", typed, at="/campus/fermetures")
    assert answer.status_code == 409
    assert slot.course_session.course.title in answer.page.text
