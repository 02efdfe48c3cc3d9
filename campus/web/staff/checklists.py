"""The checklist of a session: make it, take something on, tick it off."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import ChecklistItem
from campus.queries.checklists import checklist_item, checklist_of
from campus.queries.session_people import the_staff
from campus.services import checklists
from campus.web.notices import tell
from campus.web.session_words import CHECKLIST
from campus.web.staff.course_sessions import session_or_404
from campus.web.transaction import commits

blueprint = Blueprint("checklists", __name__)


@blueprint.post("/sessions/<uuid:course_session_id>/a-faire")
@commits
def make(course_session_id: uuid.UUID) -> Response:
    """Fill the checklist of a session."""
    checklists.make_checklist(session_or_404(course_session_id))
    tell(_("La liste est remplie."))
    return _back(course_session_id)


@blueprint.post("/a-faire/<uuid:item_id>/fait")
@commits
def tick(item_id: uuid.UUID) -> Response:
    """Say that something is done."""
    return _back(checklists.tick(current_user.account, _item(item_id)).course_session_id)


@blueprint.post("/a-faire/<uuid:item_id>/pas-fait")
@commits
def untick(item_id: uuid.UUID) -> Response:
    """Say that something is not done after all."""
    return _back(checklists.untick(current_user.account, _item(item_id)).course_session_id)


@blueprint.post("/a-faire/<uuid:item_id>/charge")
@commits
def hold(item_id: uuid.UUID) -> Response:
    """Take something on oneself, or leave it."""
    return _back(checklists.hold(current_user.account, _item(item_id)).course_session_id)


@blueprint.post("/sessions/<uuid:course_session_id>/a-faire/confier")
@commits
def give(course_session_id: uuid.UUID) -> Response:
    """Give one thing to do to a member of the team."""
    course_session = session_or_404(course_session_id)
    found = {str(each.id): each for each in checklist_of(course_session)}
    item = found.get(request.form.get("item", "")) or abort(404)
    team = {str(each.id): each for each in the_staff()}
    holder = team.get(request.form.get("holder", ""))
    checklists.give(current_user.account, item, holder)
    name = holder.display_name if holder else _("personne")
    tell(_("%(what)s : %(name)s s'en charge.", what=CHECKLIST[item.kind], name=name))
    return _back(course_session_id)


def _item(item_id: uuid.UUID) -> ChecklistItem:
    return checklist_item(item_id) or abort(404)


def _back(course_session_id: uuid.UUID) -> Response:
    page = url_for("staff.course_sessions.show", course_session_id=course_session_id, _anchor="a-faire")
    return redirect(page, 303)
