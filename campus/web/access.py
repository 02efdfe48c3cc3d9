"""The area guards: everything is closed unless its area opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Flask, abort, current_app, make_response, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import Role
from campus.web.accounts.sign_in import ask_again
from campus.web.held import hold

if TYPE_CHECKING:
    from campus.web.areas import Area

OPEN_ENDPOINTS = frozenset({"health.live", "health.ready"})
GUARDS = "campus_guards"


def install(app: Flask) -> None:
    """Ask the guard before every view."""
    app.extensions[GUARDS] = {}
    app.before_request(check_guard)


def register(app: Flask, area: Area) -> None:
    """Register the blueprints of an area under its name, its address and its guards."""
    parent = Blueprint(area.name, __name__)
    for blueprint, roles in area.doors:
        app.extensions[GUARDS][f"{area.name}.{blueprint.name}"] = roles
        parent.register_blueprint(blueprint)
    app.register_blueprint(parent, url_prefix=area.prefix.rstrip("/") or None)


def check_guard() -> Response | None:
    """Let in only those whom the blueprint's guard names."""
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return None
    guards: dict[str, frozenset[Role] | None] = current_app.extensions[GUARDS]
    if request.blueprint not in guards:
        abort(403)
    return enter(guards[request.blueprint])


def enter(roles: frozenset[Role] | None) -> Response | None:
    """Answer nothing to whom may enter, the sign-in page to the unknown, 403 to the rest."""
    if roles is None:
        return None
    if not current_user.is_authenticated:
        if kept := hold():
            return make_response(ask_again(kept, local_address()), 403)
        return redirect(url_for("accounts.sign_in.show", next=local_address()), 303)
    if current_user.role not in roles:
        abort(403)
    return None


def local_address() -> str:
    """Give the path that the person asked for, to come back to after signing in; only a page that can be read is."""
    return request.full_path.rstrip("?")
