"""What firms say against courses, with counts by reason, by course and by what was true that day."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from campus.models import FeedbackReason
from campus.queries.matches import feedback_counts, feedback_of_firms
from campus.web.feedback_words import FACTS, FEEDBACK

blueprint = Blueprint("feedback", __name__, url_prefix="/formations-ecartees")
MOST_COURSES = 20


@blueprint.get("/")
def index() -> str:
    """Count and list what firms say against courses; a reason in the address narrows the list."""
    said = request.args.get("raison", "")
    reason = said if said in set(FeedbackReason) else ""
    found = feedback_of_firms(reason)
    counts = [
        (FEEDBACK[FeedbackReason(each)], n, url_for(".index", raison=each)) for each, n in found.by_reason.items()
    ]
    rows = [row for row in feedback_counts() if not reason or row[1] == reason]
    return render_template(
        "staff/feedback/index.html",
        found=found,
        reason=FEEDBACK[FeedbackReason(reason)] if reason else "",
        counts=counts,
        facts=[(FACTS[name], n) for name, n in found.by_fact.items()],
        courses=[(course, FEEDBACK[FeedbackReason(why)], n) for course, why, n in rows[:MOST_COURSES]],
        words=FEEDBACK,
    )
