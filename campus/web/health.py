"""Health: is the process alive, is it ready to serve."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from sqlalchemy.exc import DBAPIError

from campus import schema
from campus.queries.live_index import count_courses

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live() -> dict[str, str]:
    """Tell that the process answers."""
    return {"status": "alive"}


@blueprint.get("/ready")
def ready() -> tuple[dict[str, Any], int]:
    """Tell whether the database answers, has the schema that this code expects, and how many courses are known here."""
    try:
        if not schema.is_current():
            return {"status": "schema out of date"}, 503
        return {"status": "ready", "courses": count_courses()}, 200
    except DBAPIError:
        return {"status": "database away"}, 503
