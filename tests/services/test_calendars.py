"""Calendars: events that keep their name and count their changes, and a secret address that can be taken back."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select

from campus import clock
from campus.exchange.ics import Appointment, to_ics
from campus.models import CourseSessionState, EnrolmentState, Half, Mail, Role
from campus.queries.calendars import appointments_in, appointments_of, feed_behind
from campus.services import calendars, enrolment_mails

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def appointment(**given):
    begins = datetime(2027, 3, 8, 9, tzinfo=clock.PARIS)
    values = {"uid": "a@b", "begins": begins, "ends": begins + timedelta(hours=3), "summary": "S", "sequence": 0}
    return Appointment(**{**values, "changed_at": NOW, **given})


def test_a_calendar_says_its_zone_and_is_read_back():
    read = Calendar.from_ical(to_ics("Essai", [appointment(place="Atelier B, 28000 Chartres")]))
    (event,) = read.walk("VEVENT")
    assert [str(zone["TZID"]) for zone in read.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert event.decoded("DTSTART").hour == 9


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=120))
def test_any_text_comes_back_from_a_calendar_and_adds_no_line_of_its_own(typed):
    made = to_ics("Essai", [appointment(summary=typed + "\nATTENDEE:x@y")])
    (event,) = Calendar.from_ical(made).walk("VEVENT")
    assert "ATTENDEE" not in event
    assert max(map(len, made.split(b"\r\n"))) <= 75


def test_a_slot_that_moves_keeps_its_name_and_raises_its_sequence(make, db, stop_clock):
    stop_clock(NOW)
    slot = make.slot(make.course_session())
    (before,) = appointments_in(slot.course_session, "fr")
    stop_clock(NOW + timedelta(minutes=5))
    slot.begins = time(10)
    db.session.flush()
    (after,) = appointments_in(slot.course_session, "fr")
    assert after.uid == before.uid
    assert after.sequence > before.sequence
    assert after.begins.hour == 10


def test_what_is_called_off_says_so(make, db):
    session = make.course_session()
    make.slot(session, cancelled_at=clock.now())
    make.slot(session, half=Half.AFTERNOON)
    assert [each.cancelled for each in appointments_in(session, "fr")] == [True, False]
    session.state = CourseSessionState.CANCELLED
    db.session.flush()
    assert b"STATUS:CANCELLED" in to_ics("", appointments_in(session, "fr"))
    assert all(each.cancelled for each in appointments_in(session, "fr"))


def test_a_session_without_half_days_stands_as_whole_days(make):
    session = make.course_session()
    (whole,) = appointments_in(session, "fr")
    assert (whole.begins, whole.ends) == (session.starts_on, session.ends_on)
    assert f"DTEND;VALUE=DATE:{session.ends_on + timedelta(days=1):%Y%m%d}".encode() in to_ics("", [whole])


def test_a_person_sees_the_sessions_where_their_seat_is_sure(make):
    person = make.trainee()
    sure, asked = make.course_session(), make.course_session()
    make.enrolment(sure, person, state=EnrolmentState.CONFIRMED)
    make.enrolment(asked, person, state=EnrolmentState.APPLIED)
    assert [each.summary for each in appointments_of(person, "fr")] == [sure.course.title]


def test_a_trainer_sees_their_own_half_days(make):
    trainer, session = make.account(Role.TRAINER), make.course_session()
    make.slot(session, trainer=trainer)
    make.slot(session, half=Half.AFTERNOON)
    assert len(appointments_of(trainer, "fr")) == 1


def test_the_secret_address_is_kept_as_a_digest_and_ends_when_replaced_or_revoked(make):
    person = make.trainee()
    first = calendars.open_feed(person)
    assert feed_behind(first).token_digest != first
    second = calendars.open_feed(person)
    assert feed_behind(first) is None
    calendars.revoke_feed(person)
    assert feed_behind(second) is None


def test_a_private_calendar_opens_without_signing_in_until_it_is_closed(sign_in, client, make):
    person = make.trainee()
    title = make.enrolment(make.course_session(), person, state=EnrolmentState.CONFIRMED).course_session.course.title
    browser = sign_in(person)
    page = browser.post_form("/compte/calendrier/ouvrir", at="/compte/calendrier")
    address = page.text.split("<code>")[1].split("</code>")[0].replace("http://localhost", "")
    answer = client.get(address)
    assert title in answer.get_data(as_text=True)
    browser.post_form("/compte/calendrier/fermer", at="/compte/calendrier")
    assert client.get(address).status_code == 404


def test_the_calendar_of_a_session_is_public_once_it_is_announced(client, make):
    shown = make.course_session()
    hidden = make.course_session(state=CourseSessionState.PREPARATION)
    keys = (shown.id, hidden.id)
    assert [client.get(f"/calendrier/session/{each}.ics").status_code for each in keys] == [200, 404]


@pytest.mark.parametrize("event", ["confirmed", "called_up"])
def test_the_mail_of_a_sure_seat_carries_its_dates(make, db, event):
    enrolment = make.enrolment(make.course_session(), make.trainee(), state=EnrolmentState(event))
    enrolment_mails.tell(event, enrolment)
    db.session.flush()
    (mail,) = db.session.scalars(select(Mail))
    assert [each.content_type for each in mail.attachments] == ["text/calendar"]
    assert b"BEGIN:VEVENT" in mail.attachments[0].content
