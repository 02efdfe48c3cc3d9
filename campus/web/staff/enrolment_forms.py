"""What staff write when they refuse or move an application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from campus.models import CourseSession, Need, NeedPost
from campus.web.enrolment_words import session_dates
from campus.web.forms import Form

LONGEST = 2000
SHORTER = _l("Écrivez moins de 2 000 signes.")


class RefusalForm(Form):
    """Why an application is not accepted."""

    refusal_reason = TextAreaField(
        _l("Motif du refus"), [DataRequired(_l("Indiquez le motif du refus.")), Length(max=LONGEST, message=SHORTER)]
    )


class LeavingForm(Form):
    """Why somebody stopped a course under way."""

    leaving_reason = TextAreaField(
        _l("Motif de l'abandon"), [DataRequired(_l("Indiquez le motif.")), Length(max=LONGEST, message=SHORTER)]
    )


class PassForm(Form):
    """Why somebody goes before the others of a waiting list."""

    pass_reason = TextAreaField(
        _l("Motif du passage"),
        [DataRequired(_l("Indiquez le motif du passage.")), Length(max=LONGEST, message=SHORTER)],
    )


class TieForm(Form):
    """On which post the person is expected, and why."""

    post = SelectField(_l("Poste"), validate_choice=True)
    tie_reason = TextAreaField(
        _l("Motif du rattachement au poste"),
        [DataRequired(_l("Indiquez le motif.")), Length(max=LONGEST, message=SHORTER)],
    )

    @classmethod
    def offering(cls, posts: Iterable[tuple[NeedPost, Need]], **given: Any) -> TieForm:
        """Make the form with the posts that are to be filled."""
        form = cls(**given)
        form.post.choices = [
            (str(post.id), f"{need.reference}, {need.title}, {need.organisation.name} ({post.number}/{need.posts})")
            for post, need in posts
        ]
        return form


class MoveForm(Form):
    """To which session, and why."""

    target = SelectField(_l("Autre session"), validate_choice=True)
    move_reason = TextAreaField(
        _l("Motif du déplacement"),
        [DataRequired(_l("Indiquez le motif du déplacement.")), Length(max=LONGEST, message=SHORTER)],
    )

    @classmethod
    def offering(cls, sessions: Iterable[CourseSession], **given: Any) -> MoveForm:
        """Make the form with the sessions one may move to."""
        form = cls(**given)
        form.target.choices = [(str(each.id), session_dates(each)) for each in sessions]
        return form
