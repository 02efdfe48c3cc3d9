"""The referentials: which version is in force, what it changed, and what is to file again."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import gettext as _

from campus.queries.referential_reports import sheets_to_file_again, versions_in_force

blueprint = Blueprint("referentials", __name__, url_prefix="/referentiels")
SHOWN = 50


@blueprint.get("")
def index() -> str:
    """Show the versions in force and their last report."""
    return render_template(
        "staff/referentials/index.html",
        versions=versions_in_force(),
        to_file=sheets_to_file_again(),
        names={"rome": _("ROME, version"), "campus": _("Liste du campus, version")},
        shown=SHOWN,
    )
