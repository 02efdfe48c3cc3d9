"""What waits for staff, oldest first, with the time it has waited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from campus import clock
from campus.models import Course, CourseRequest, Enrolment, FeedbackReason, Membership, Need, Organisation, PoolMember
from campus.queries import matches, queue
from campus.queries.overdue import Overdue
from campus.queries.queue import Waiting
from campus.web.feedback_words import FEEDBACK
from campus.web.pool_words import why_not_reserved
from campus.web.session_words import CHECKLIST

blueprint = Blueprint("queue", __name__, url_prefix="/a-traiter")
LATE_DAYS = 5
Description = tuple[str, str, str, str]


@dataclass(frozen=True)
class Line:
    """One line of the queue."""

    kind: str
    title: str
    detail: str
    url: str
    waited: str
    late: bool


@blueprint.get("/")
def index() -> str:
    """Show the queue."""
    return render_template(
        "staff/queue/index.html",
        lines=[line(each) for each in queue.work_queue()],
        counts=queue.counts(),
        contested=contested(),
    )


def contested() -> list[tuple[Course, str, int]]:
    """List which courses firms have rejected, for which reason, how often."""
    rows = matches.feedback_counts()[: queue.SHOWN]
    return [(course, str(FEEDBACK[FeedbackReason(reason)]), count) for course, reason, count in rows]


def line(waiting: Waiting) -> Line:
    """Put one waiting thing into words, with where to decide it."""
    kind, title, detail, url = DESCRIBED[waiting.kind](waiting.subject)
    days = (clock.now() - waiting.since).days
    return Line(kind, title, detail, url, waited(waiting.since), days >= LATE_DAYS)


def waited(since: datetime) -> str:
    """Say how long something has waited."""
    hours = int((clock.now() - since).total_seconds() // 3600)
    if hours < 1:
        return _("moins d'une heure")
    if hours < 24:
        return ngettext("%(num)s heure", "%(num)s heures", hours)
    return ngettext("%(num)s jour", "%(num)s jours", hours // 24)


def _need(need: Need) -> Description:
    return _("Besoin à relire"), need.title, need.organisation.name, url_for("staff.needs.show", need_id=need.id)


def _organisation(one: Organisation) -> Description:
    return _("Entreprise à vérifier"), one.name, one.siret, url_for("staff.organisations.index")


def _membership(one: Membership) -> Description:
    who, where = one.account.display_name, one.organisation.name
    return _("Rattachement à accorder"), who, where, url_for("staff.organisations.index")


def _enrolment(one: Enrolment) -> Description:
    course = one.course_session.course.title
    where = url_for("staff.enrolments.show", enrolment_id=one.id)
    return _("Candidature à décider"), one.account.display_name, course, where


def _request(one: CourseRequest) -> Description:
    where = url_for("staff.requests.show", request_id=one.id)
    return _("Formation demandée"), one.need.title, one.need.organisation.name, where


def _to_do(one: Overdue) -> Description:
    session, late = one.course_session, ", ".join(str(CHECKLIST[kind]) for kind in one.kinds)
    where = url_for("staff.course_sessions.show", course_session_id=session.id, _anchor="a-faire")
    return _("Session à suivre, en retard"), session.course.title, late, where


def _unreserved(one: PoolMember) -> Description:
    what = f"{one.organisation.name}, {one.pool.course.title}"
    where = url_for("staff.pools.show", pool_id=one.pool_id, _anchor="sans-place")
    return _("Places de groupement non réservées"), what, str(why_not_reserved(one)), where


DESCRIBED: dict[str, Callable[..., Description]] = {
    "need": _need,
    "organisation": _organisation,
    "membership": _membership,
    "enrolment": _enrolment,
    "course_request": _request,
    "to_do": _to_do,
    "unreserved": _unreserved,
}
