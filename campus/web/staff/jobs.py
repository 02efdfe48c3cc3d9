"""What failed too often and waits for a decision: jobs, mails, addresses; and what the clock does."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import MailState
from campus.queries.jobs import last_runs, parked_job, parked_jobs
from campus.queries.mails import bounce_by_id, bounces_since, mails_found
from campus.schedules import SCHEDULES
from campus.services.bounces import lift_bounce
from campus.services.jobs import drop_job, retry_job
from campus.web.notices import tell
from campus.web.staff.job_words import job_words, when_words
from campus.web.transaction import commits

blueprint = Blueprint("jobs", __name__, url_prefix="/a-examiner")


@dataclass(frozen=True)
class ClockLine:
    """One schedule: what it does, when, and the last moment that was seen to."""

    what: str
    when: str
    last: datetime | None


@blueprint.get("")
def index() -> str:
    """List what waits for a decision, and what the clock does."""
    seen = last_runs()
    return render_template(
        "staff/jobs/index.html",
        jobs=[(each, job_words(each.kind)) for each in parked_jobs()],
        mails=mails_found(state=MailState.PARKED),
        bounced=bounces_since(),
        clock=[ClockLine(job_words(each.name), when_words(each.when), seen.get(each.name)) for each in SCHEDULES],
    )


@blueprint.post("/<uuid:job_id>/relancer")
@commits
def retry(job_id: uuid.UUID) -> Response:
    """Let a parked job be tried again."""
    job = retry_job(current_user.account, parked_job(job_id) or abort(404))
    tell(_("La tâche est relancée : %(what)s.", what=job_words(job.kind)))
    return redirect(url_for(".index"), 303)


@blueprint.post("/<uuid:job_id>/abandonner")
@commits
def drop(job_id: uuid.UUID) -> Response:
    """Give a parked job up."""
    drop_job(current_user.account, parked_job(job_id) or abort(404))
    tell(_("La tâche est abandonnée."))
    return redirect(url_for(".index"), 303)


@blueprint.post("/adresses/<uuid:bounce_id>/lever")
@commits
def lift(bounce_id: uuid.UUID) -> Response:
    """Write to an address again."""
    bounced = bounce_by_id(bounce_id) or abort(404)
    lift_bounce(current_user.account, bounced)
    tell(_("Campus écrit de nouveau à %(email)s.", email=bounced.email))
    return redirect(url_for(".index"), 303)
