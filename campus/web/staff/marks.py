"""External marks: which files are in place, whose they are, and their lines."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from campus.exchange.tables import Column
from campus.models import Mark, MarkFile
from campus.queries.marks import areas_of, file_by_id, lines_of, mark_files
from campus.queries.paging import EVERYTHING, page_slice
from campus.web import mark_words
from campus.web.downloads import table_file
from campus.web.paging import page_asked, page_links

blueprint = Blueprint("marks", __name__, url_prefix="/reperes")


@blueprint.get("/")
def index() -> str:
    """List the files, or say how to import one."""
    return render_template("staff/marks/index.html", files=mark_files(), words=mark_words)


@blueprint.get("/<int:mark_file_id>")
def show(mark_file_id: int) -> str:
    """Show the lines of a file, of one area or all."""
    file, area, page = _find(mark_file_id), request.args.get("bassin", ""), page_asked()
    lines, total = lines_of(file, area, page=page_slice(page))
    return render_template(
        "staff/marks/show.html",
        file=file,
        area=area,
        areas=areas_of(file),
        lines=lines,
        words=mark_words,
        pages_links=page_links(page, total),
    )


@blueprint.get("/<int:mark_file_id>/export.<any(csv, xlsx):kind>")
def export(mark_file_id: int, kind: str) -> Response:
    """Give the lines as a file, exactly as filtered, each with its source and its day."""
    file = _find(mark_file_id)
    lines, _total = lines_of(file, request.args.get("bassin", ""), page=EVERYTHING)
    return table_file("reperes-externes", kind, lines, columns=_columns(file))


def _columns(file: MarkFile) -> list[Column[Mark]]:
    said = mark_words.columns(file.kind)
    made: list[Column[Mark]] = [
        Column(str(mark_words.AREA), lambda line: line.area_name),
        Column(str(mark_words.CODE), lambda line: line.trade_code),
        Column(str(mark_words.TRADE), lambda line: line.trade_label),
    ]
    made += [Column(str(label), lambda line, n=name: getattr(line, n)) for name, label in said.items()]
    return [*made, Column(str(mark_words.SOURCE), lambda _line: mark_words.cited(file))]


def _find(mark_file_id: int) -> MarkFile:
    return file_by_id(mark_file_id) or abort(404)
