"""What became of a firm's posts, step by step, as the firm alone reads it; each figure opens its needs."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from campus import clock
from campus.models import Organisation
from campus.policies import belongs_to
from campus.queries.organisations import organisation_of
from campus.queries.report_cube import cube_today
from campus.queries.report_needs import Behind, needs_behind, needs_by_id
from campus.reports.funnel import STEPS, Cube
from campus.web import report_words
from campus.web.downloads import table_file
from campus.web.report_pages import ReportRow, by, file_columns, report_rows, rungs, summed

blueprint = Blueprint("report", __name__, url_prefix="/etablissements/<uuid:organisation_id>/bilan")
COHORTS = "cohortes"


def _find(organisation_id: uuid.UUID) -> Organisation:
    found = organisation_of(current_user.account, organisation_id)
    return found if found is not None and belongs_to(current_user.account, found) else abort(404)


def _rows(organisation: Organisation, cube: Cube) -> list[ReportRow]:
    groups = by(cube, COHORTS)
    names = {key: report_words.cohort_name(key) for key in groups}

    def opened(step: str, key: str) -> str:
        return url_for(".rows", organisation_id=organisation.id, etape=step, cohorte=key)

    return report_rows(groups, names, opened)


@blueprint.get("/")
def show(organisation_id: uuid.UUID) -> str:
    """Show the funnel of the firm's posts, and the table by cohort."""
    organisation = _find(organisation_id)
    cube = cube_today(organisation.id)
    return render_template(
        "employers/report/show.html",
        organisation=organisation,
        rungs=rungs(summed(cube), lambda step: url_for(".rows", organisation_id=organisation.id, etape=step)),
        whole=summed(cube),
        rows=_rows(organisation, cube),
        words=report_words,
    )


@blueprint.get("/export.<any(csv, xlsx):kind>")
def export(organisation_id: uuid.UUID, kind: str) -> Response:
    """Give the table by cohort as a file."""
    organisation = _find(organisation_id)
    rows = _rows(organisation, cube_today(organisation.id))
    return table_file("bilan", kind, rows, columns=file_columns(_("Cohorte"), clock.today()))


@blueprint.get("/lignes")
def rows(organisation_id: uuid.UUID) -> str:
    """List the firm's needs behind a figure; from there one reads the ledger post by post."""
    organisation, step = _find(organisation_id), request.args.get("etape", "")
    if step not in STEPS:
        abort(404)
    cohort = request.args.get("cohorte")
    found = needs_behind(Behind(step, quarter=cohort, firm=str(organisation.id)))
    needs = needs_by_id([key for key, _part in found])
    return render_template(
        "employers/report/rows.html",
        organisation=organisation,
        step=step,
        cohort=report_words.cohort_name(cohort or ""),
        total=sum(part for _key, part in found),
        needs=[(needs[key], part) for key, part in found],
        words=report_words,
    )
