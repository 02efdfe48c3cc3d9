"""Admission rounds, open to everybody: the rule, the days, the sessions, the lottery that anybody can draw again."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, render_template

from campus.models import RoundState
from campus.queries import rounds as asked

blueprint = Blueprint("rounds", __name__, url_prefix="/tours")
SHOWS_SEED = frozenset({RoundState.ANNOUNCED, RoundState.FINISHED})


@blueprint.get("/")
def index() -> str:
    """Explain the rule of a round, and list the rounds."""
    return render_template("public/rounds/index.html", rounds=asked.rounds(prepared=False))


@blueprint.get("/<uuid:round_id>")
def show(round_id: uuid.UUID) -> str:
    """Show a round: its days, its criteria, its sessions, how many people want each."""
    found = asked.round_by_id(round_id) or abort(404)
    decided = found.state in SHOWS_SEED
    return render_template(
        "public/rounds/show.html",
        round=found,
        sessions=asked.sessions_of(found),
        seed=found.seed if decided else "",
        decided=decided,
    )
