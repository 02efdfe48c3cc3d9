"""What a trainer has today, what is missing from the last days, what comes next."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template
from flask_login import current_user

from campus import clock
from campus.queries.attendance import sheets_of
from campus.queries.slots import slots_of_trainer

blueprint = Blueprint("today", __name__)
BACK, AHEAD = timedelta(days=7), timedelta(days=21)


@blueprint.get("/")
def index() -> str:
    """Show the day."""
    today = clock.today()
    slots = slots_of_trainer(current_user.account, today - BACK, today + AHEAD)
    sheets = sheets_of([each for each in slots if each.day <= today])
    return render_template(
        "trainers/today/index.html",
        here=[each for each in slots if each.day == today],
        missing=[each for each in slots if each.day < today and each.id not in sheets],
        coming=[each for each in slots if each.day > today],
        sheets=sheets,
    )
