"""What the models give a time to is erased when it is over, and nothing sooner."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from campus.models import Consent, EnrolmentState, Satisfaction, Shared, SupportNeed, Unavailability
from campus.services.retention import forget_old_data

NOW = datetime(2029, 6, 1, 2, tzinfo=UTC)


def ago(days):
    return NOW - timedelta(days=days)


def test_days_away_opinions_and_consents_go_in_their_time(make, db):
    room, person, firm = make.room(), make.trainee(), make.organisation()
    for days in (364, 367):
        day = ago(days).date()
        make.save(Unavailability(room_id=room.id, starts_on=day, ends_on=day, reason=f"{days}"))
    for days in (729, 731):
        done = make.enrolment(make.course_session(), make.trainee(), state=EnrolmentState.COMPLETED)
        make.save(Satisfaction(enrolment_id=done.id, score=4, comment="Bien.", said_at=ago(days)))
        given = {"account_id": person.id, "organisation_id": firm.id, "shared": Shared.PROFILE}
        make.save(Consent(**given, given_at=ago(900), taken_back_at=ago(days)))
    make.save(Consent(**given, given_at=ago(900)))
    assert [forget_old_data(NOW), forget_old_data(NOW)] == [3, 0]
    assert db.session.scalars(select(Unavailability.reason)).all() == ["364"]
    assert sorted(db.session.scalars(select(Satisfaction.comment))) == ["", "Bien."]
    assert db.session.query(Consent).count() == 2


@pytest.mark.parametrize(
    ("written", "state", "kept"),
    [
        (ago(60), EnrolmentState.COMPLETED, False),
        (ago(60), EnrolmentState.ATTENDED, True),
        (ago(2), EnrolmentState.COMPLETED, True),
    ],
)
def test_the_help_one_asked_for_goes_with_the_end_of_the_course(make, db, written, state, kept):
    person = make.trainee()
    session = make.course_session(starts_on=date(2029, 5, 1), ends_on=date(2029, 5, 20))
    make.enrolment(session, person, state=state)
    make.save(SupportNeed(account_id=person.id, needs="Un poste assis.", created_at=written, updated_at=written))
    forget_old_data(NOW)
    assert db.session.query(SupportNeed).count() == kept
