"""The home page."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, url_for
from flask_login import current_user

from campus import clock
from campus.models import Role
from campus.queries.demand_public import occupations_hiring

blueprint = Blueprint("home", __name__)

DOORS = {
    "train": ("public.catalogue.index", {Role.TRAINEE, Role.EMPLOYER}),
    "recruit": ("employers.need_wizard.start", {Role.EMPLOYER}),
    "decide": ("staff.queue.index", {Role.STAFF}),
    "follow": ("observers.demand.index", {Role.STAFF, Role.OBSERVER}),
}
VISITORS_DOORS = {"train", "recruit"}


@blueprint.get("/")
def index() -> str:
    """Show the ways in and the occupations that hire."""
    return render_template("public/home/index.html", doors=doors(), jobs=occupations_hiring(clock.today()))


def doors() -> dict[str, str]:
    """Give the address of each way in that opens for this person."""
    return {
        name: url_for(endpoint)
        for name, (endpoint, roles) in DOORS.items()
        if (current_user.role in roles if current_user.is_authenticated else name in VISITORS_DOORS)
        and endpoint in current_app.view_functions
    }
