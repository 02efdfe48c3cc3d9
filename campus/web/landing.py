"""Where a person arrives after signing in."""

from __future__ import annotations

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

from campus.models import Role

LANDINGS = {
    Role.EMPLOYER: "employers.needs.index",
    Role.TRAINEE: "trainees.path.index",
    Role.STAFF: "staff.queue.index",
    Role.TRAINER: "trainers.today.index",
    Role.OBSERVER: "observers.demand.index",
}


def landing_page(role: Role | None) -> str:
    """Give the first page of a role."""
    endpoint = LANDINGS.get(role, "") if role else ""
    return url_for(endpoint if endpoint in current_app.view_functions else "public.home.index")


def safe_next(target: str) -> str:
    """Give back a place to go only if it is a page of ours that takes a GET."""
    if not target.startswith("/") or target.startswith(("//", "/\\")) or any(ord(c) < 32 or c == "\\" for c in target):
        return ""
    path = target.split("?", 1)[0].split("#", 1)[0]
    adapter = current_app.url_map.bind("", script_name=request.script_root or "/")
    try:
        adapter.match(path.removeprefix("/en") or "/", method="GET")
    except HTTPException:
        return ""
    return target if path.startswith("/en") or not request.script_root else request.script_root + target
