"""The lists that open while one types: occupations, skills, communes."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from campus.queries.communes import communes_beginning
from campus.queries.understanding import Found, find_occupations, find_skills
from campus.web.employers.need_forms import commune_label

blueprint = Blueprint("search", __name__, url_prefix="/recherche")
LONGEST = 100


@blueprint.get("/metiers")
def occupations() -> Response:
    """List the occupations that what is typed may name."""
    return answer(find_occupations(asked()))


@blueprint.get("/competences")
def skills() -> Response:
    """List the skills that what is typed may name."""
    return answer(find_skills(asked()))


@blueprint.get("/communes")
def communes() -> Response:
    """List the communes whose name begins so."""
    lines = communes_beginning(asked())
    return jsonify([{"id": each.code, "label": commune_label(each), "hint": each.department} for each in lines])


def asked() -> str:
    """Read what is typed."""
    return request.args.get("q", "")[:LONGEST].replace("\x00", "")


def answer(found: list[Found]) -> Response:
    """Give what was found, for the list."""
    return jsonify([{"id": each.id, "label": each.label, "hint": each.hint} for each in found])
