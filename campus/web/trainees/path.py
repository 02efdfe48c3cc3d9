"""My path: each application, where it stands, and who acts next."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from campus.models import ACTIVE, EnrolmentState
from campus.queries.enrolments import standings_of
from campus.queries.profiles import levels_of
from campus.queries.rounds import entries_of_person
from campus.queries.sharing import shared_with

blueprint = Blueprint("path", __name__)
SURE = frozenset({EnrolmentState.CONFIRMED, EnrolmentState.CALLED_UP, EnrolmentState.ATTENDED})


@blueprint.get("/")
def index() -> str:
    """Show the person's applications, those still running first."""
    standings = standings_of(current_user.account)
    running = [each for each in standings if each.enrolment.state in ACTIVE]
    return render_template(
        "trainees/path/index.html",
        running=running,
        over=[each for each in standings if each.enrolment.state not in ACTIVE],
        sure=sum(each.enrolment.state in SURE for each in running),
        asked=sum(each.enrolment.state == EnrolmentState.OFFERED for each in running),
        first_name=current_user.account.display_name.split(" ")[0],
        entries=entries_of_person(current_user.account),
        shared=shared_with(current_user.account),
        known=len(levels_of(current_user.account)),
    )
