"""Fill, completion, satisfaction and reasons, by course, family and quarter; each row opens its sessions."""

from datetime import timedelta
from decimal import Decimal

import pytest

from campus import clock
from campus.models import CourseSessionState, EnrolmentState, Satisfaction
from campus.queries.report_training import training_today
from campus.web.training_words import TrainingRow, whole_row

S = EnrolmentState


@pytest.fixture
def taught(db, make):
    """A session of ten seats that ended: eight began, six finished, one stopped and said why, four said how it was."""
    first = clock.today() - timedelta(days=60)
    session = make.course_session(
        make.course(title="Conduite de ligne"), starts_on=first, seats_max=10, state=CourseSessionState.FINISHED
    )
    states = [*[S.COMPLETED] * 5, S.COMPLETED_PART, S.ATTENDED, S.ABSENT]
    people = [make.enrolment(session, make.trainee(), state=each) for each in states]
    make.enrolment(session, make.trainee(), state=S.DROPPED_OUT, reason="Emploi trouvé")
    for enrolment, score in zip(people, (5, 4, 4, 3), strict=False):
        make.save(Satisfaction(enrolment_id=enrolment.id, score=score))
    return session


def test_rates_stand_beside_the_counts_they_rest_on(as_staff, taught):
    text = as_staff.get("/campus/bilans/formations/").page.text
    assert "Conduite de ligne110880 %675 %14 sur 5 (n = 4)" in text
    assert "Emploi trouvé1" in text


@pytest.mark.parametrize("by", ["formations", "familles", "trimestres"])
def test_a_row_opens_its_sessions(as_staff, taught, by):
    page = as_staff.get(f"/campus/bilans/formations/?par={by}").page
    opened = as_staff.get(next(url for url in page.links.values() if "/formations/sessions?" in url)).page
    assert "1 session commencée" in opened.text
    assert f"/campus/sessions/{taught.id}" in opened.html


def test_the_export_holds_rates_and_their_n(as_staff, taught):
    lines = as_staff.get("/campus/bilans/formations/export.csv").data.decode("utf-8-sig").split("\r\n")
    told = dict(zip(lines[0].split(";"), lines[1].split(";"), strict=True))
    shown = ("Remplissage, pour 100 places", "Achèvement, pour 100 entrées", "Satisfaction, moyenne sur 5", "Avis (n)")
    assert [told[each] for each in shown] == ["80", "75", "4,0", "4"]


def test_before_the_first_session_the_page_says_when_it_counts(as_staff):
    assert "Aucune session commencée" in as_staff.get("/campus/bilans/formations/").page.text


def test_a_mean_between_two_tenths_is_the_higher_one():
    assert [TrainingRow("", "", {"points": each, "opinions": 4}).satisfaction for each in (15, 17)] == [
        Decimal("3.8"),
        Decimal("4.3"),
    ]


def test_who_finishes_before_the_last_day_counts_once_the_session_has_ended(db, make):
    running = make.course_session(
        starts_on=clock.today(), ends_on=clock.today() + timedelta(days=9), state=CourseSessionState.RUNNING
    )
    make.enrolment(running, make.trainee(), state=S.COMPLETED)
    ended = make.course_session(starts_on=clock.today() - timedelta(days=9), ends_on=clock.today(), state=running.state)
    for state in (S.COMPLETED, S.DROPPED_OUT):
        make.enrolment(ended, make.trainee(), state=state)
    assert (whole_row(training_today()).finished, whole_row(training_today()).completion) == (2, 50)
