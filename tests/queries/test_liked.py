"""How a course was liked: the team sees every answer, the public none before there are five."""

import pytest

from campus.models import EnrolmentState, Satisfaction
from campus.queries.results import Liked, liked, liked_course


@pytest.fixture
def say(make):
    """Let people finish a session and say how it was."""

    def how(session, *scores):
        for score in scores:
            done = make.enrolment(session, make.trainee(), state=EnrolmentState.COMPLETED)
            make.save(Satisfaction(enrolment_id=done.id, score=score))

    return how


def test_a_mean_is_public_from_five_answers_on_over_all_sessions(make, say):
    course = make.course()
    first, second = make.course_session(course), make.course_session(course)
    say(make.course_session(), 1)
    say(first, 4, 5, 3)
    say(second, 4)
    assert liked_course(course, publicly=True) is None
    assert liked_course(course, publicly=False) == Liked(4, 4.0)
    assert [liked(first), liked(second)] == [Liked(3, 4.0), Liked(1, 4.0)]
    say(second, 5)
    assert liked_course(course, publicly=True) == Liked(5, 4.2)


def test_a_session_that_nobody_rated_has_no_mean(make):
    assert liked(make.course_session()) is None


def test_pages_show_the_mean_with_how_many_answered(as_staff, client, make, say):
    course = make.course()
    session = make.course_session(course)
    say(session, 4, 4, 4, 5)
    here = [f"/campus/formations/{course.id}", f"/campus/sessions/{session.id}"]
    assert all("4,2 sur 5 (4 réponses)" in as_staff.page(each).text for each in here)
    public = f"/formations/{course.id}"
    assert "sur 5 (" not in client.page(public).text
    say(session, 5)
    assert "4,4 sur 5 (5 réponses)" in client.page(public).text
