"""Health: is the process alive, is it ready to serve."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy.exc import DBAPIError

from campus import schema

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live() -> dict[str, str]:
    """Tell that the process answers."""
    return {"status": "alive"}


@blueprint.get("/ready")
def ready() -> tuple[dict[str, str], int]:
    """Tell whether the database answers and has the schema that this code expects."""
    try:
        current = schema.is_current()
    except DBAPIError:
        return {"status": "database away"}, 503
    return ({"status": "ready"}, 200) if current else ({"status": "schema out of date"}, 503)
