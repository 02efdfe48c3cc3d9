"""The page of a session from which the staff run it: people, list, half-days, checklist, mails, history."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from campus.models import CourseSession, EnrolmentState
from campus.queries.attendance import presence_in, sheets_of
from campus.queries.checklists import checklist_of, seen_done
from campus.queries.course_sessions import history_of_session, people_waiting
from campus.queries.jobs import jobs_to_come
from campus.queries.offers import first_in_line, people_in
from campus.queries.reservations import reservations_in
from campus.queries.results import liked
from campus.queries.session_people import mails_about, the_staff
from campus.queries.slots import slots_of
from campus.services.session_calls import ADMIT, CALL_UP, TO_ANSWER
from campus.web.forms import Form
from campus.web.typed import Day

SHOWN_WAITING = 25


class DecisionForm(Form):
    """Why one decides; everybody concerned reads it."""

    reason = TextAreaField(_l("Motif"), [Length(max=1000)])


class PostponingForm(DecisionForm):
    """Why a session is put off, and to when if that is known."""

    starts_on = Day(_l("Nouveau premier jour"), [Optional()])
    ends_on = Day(_l("Nouveau dernier jour"), [Optional()])

    def validate_ends_on(self, field: Day) -> None:
        """Ask for days in their order."""
        if field.data and not self.starts_on.data:
            raise ValidationError(_("Indiquez aussi le premier jour, ou laissez les deux dates vides."))
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Le dernier jour ne peut pas précéder le premier."))


def cockpit(course_session: CourseSession, form: DecisionForm | None = None) -> str:
    """Render the page of a session, with the decision that was just refused."""
    people, slots = people_in(course_session), slots_of(course_session)
    line = first_in_line(course_session, SHOWN_WAITING)
    history = history_of_session(course_session)
    sure = [each for each in people if each.state == EnrolmentState.CONFIRMED]
    calls = jobs_to_come(CALL_UP, course_session.id) if sure else []
    asking = [each for each in people if each.state in TO_ANSWER]
    answers = jobs_to_come(ADMIT, course_session.id) if asking else []
    answered = {each.payload["enrolment_id"] for each in answers}
    sheets, checklist = sheets_of(slots), checklist_of(course_session)
    seen = seen_done(people, slots, sheets) if checklist else set()
    return render_template(
        "staff/course_sessions/show.html",
        course_session=course_session,
        form=form or DecisionForm(formdata=None),
        people=people,
        to_call_up=len(sure) - len(calls),
        calls=calls,
        asking=[each for each in asking if str(each.id) not in answered],
        answers=answers,
        line=line,
        waiting=people_waiting(course_session) if len(line) == SHOWN_WAITING else len(line),
        reservations=reservations_in(course_session),
        slots=slots,
        sheets=sheets,
        presence=presence_in(course_session),
        liked=liked(course_session) if people else None,
        checklist=checklist,
        seen=seen,
        to_do=[each for each in checklist if not each.done_at and each.kind not in seen],
        team=the_staff() if checklist else [],
        mails=mails_about(course_session, people),
        history=history,
        exceptions=[each for each in reversed(history) if each.action == "rank_exception"],
    )
