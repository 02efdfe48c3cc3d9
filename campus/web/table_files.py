"""Any table of a page as a file: the page is read again, all its pages long, and its cells written as they are shown.

So a file says what the page says, exactly as filtered. `?fichier=csv` (or xlsx) on the page's own address gives its
first table, `&tableau=2` the second. What one can only click on (forms, buttons, links to act) is left out. Lists of
thousands have a quicker way of their own (`straight_files.py`); with `&tableau=1` their pages are read like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser

from flask import Flask, abort, current_app, g, request
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response

from campus.exchange.tables import Cell, Column
from campus.models import Role
from campus.queries.paging import longer_pages
from campus.web.downloads import table_file
from campus.web.paging import address
from campus.web.shown_cells import cell_of
from campus.web.straight_files import whole_list

READERS = frozenset({Role.STAFF, Role.OBSERVER, Role.EMPLOYER, Role.TRAINER})
KINDS = ("xlsx", "csv")
ROWS_AT_A_TIME, MOST_PAGES = 1_000, 400
LEFT_OUT = frozenset({"form", "button", "svg", "select", "script"})
ACTIONS = frozenset({"hidden-visually", "more", "btn"})
VOID = frozenset({"br", "img", "input", "hr", "wbr", "path", "rect", "use"})


def install(app: Flask) -> None:
    """Answer with a file where the address asks for one, and let tables offer it."""
    app.before_request(answer_with_file)
    app.jinja_env.globals["table_files"] = table_files


def table_files() -> Sequence[tuple[str, str]]:
    """Give the files that the next table of the page offers: their kind and address; none to who may not."""
    if not _may_have() or request.method != "GET" or "HX-Request" in request.headers or "fichier" in request.args:
        return ()
    g.tables = g.get("tables", 0) + 1
    number = g.tables if g.tables > 1 else None
    return [(kind.upper(), address(fichier=kind, tableau=number)) for kind in KINDS]


def _may_have() -> bool:
    signed_in = current_user.is_authenticated and request.routing_exception is None
    return bool(signed_in and current_user.role in READERS)


def answer_with_file() -> Response | None:
    """Read the page that the address names, and give one of its tables; what is no page with a table is answered so."""
    kind = request.args.get("fichier", "")
    if kind not in KINDS or request.method != "GET" or request.endpoint is None or not _may_have():
        return None
    number = request.args.get("tableau", 1, type=int)
    if "tableau" not in request.args and (whole := whole_list(request.endpoint)):
        return table_file(_slug(whole.caption), kind, whole.rows, columns=whole.columns)
    with longer_pages(ROWS_AT_A_TIME):
        first, *others = list(_read(number))
    rows = [row for page in (first, *others) for row in page.rows]
    kept = [place for place, _title in enumerate(first.header) if any(row[place] is not None for row in rows)]
    columns = [Column(first.header[place], _reader(place)) for place in kept or [0]]
    return table_file(_slug(first.caption), kind, rows, columns=columns)


def _reader(place: int) -> Callable[[list[Cell]], Cell]:
    return lambda row: row[place]


def _read(number: int) -> Iterator[Table]:
    """Give one table of the page, page after page."""
    asked = request.args
    last, page = 1, 1
    while page <= min(last, MOST_PAGES):
        request.args = ImmutableMultiDict({**asked.to_dict(), "page": str(page)})
        view = current_app.view_functions[request.endpoint or ""]
        answer = current_app.make_response(view(**(request.view_args or {})))
        if answer.status_code != 200 or answer.mimetype != "text/html":
            abort(404)
        reader = _Reader()
        reader.feed(answer.get_data(as_text=True))
        if not 1 <= number <= len(reader.tables):
            abort(404)
        last = max(last, *reader.pages)
        yield reader.tables[number - 1]
        page += 1


class Table:
    """A table as it is read off a page."""

    def __init__(self) -> None:
        self.caption = ""
        self.header: list[str] = []
        self.rows: list[list[Cell]] = []


class _Reader(HTMLParser):
    """Reads the tables of a page, and the numbers of its pages."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.pages: list[int] = [1]
        self._open: list[tuple[str, bool]] = []
        self._text: list[str] | None = None
        self._numeric = self._in_head = self._in_pages = self._reading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        classes = set((dict(attrs).get("class") or "").split())
        if tag in VOID:
            self.handle_data(" ")
            return
        inside_cell = self._text is not None
        left_out = tag in LEFT_OUT or (inside_cell and bool(classes & ACTIONS))
        self._open.append((tag, left_out or any(hidden for _tag, hidden in self._open)))
        if tag == "table":
            self._reading = "data-files" in dict(attrs)
            self.tables += [Table()] if self._reading else []
        elif tag == "nav" and "pages" in classes:
            self._in_pages = True
        elif tag in {"thead", "tbody"}:
            self._in_head = tag == "thead"
        elif tag == "tr" and self._reading and not self._in_head:
            self.tables[-1].rows.append([])
        elif tag in {"th", "td", "caption"} and self._reading:
            self._text, self._numeric = [], "num" in classes

    def handle_data(self, data: str) -> None:
        """Keep what is written in a cell, and the numbers of pages."""
        if self._text is not None and not any(hidden for _tag, hidden in self._open):
            self._text.append(data)
        if self._in_pages and data.strip().isdecimal():
            self.pages.append(int(data))

    def handle_endtag(self, tag: str) -> None:
        """Keep what ends."""
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "nav":
            self._in_pages = False
        if tag not in {"th", "td", "caption"} or self._text is None:
            return
        said = " ".join("".join(self._text).split())
        self._text = None
        table = self.tables[-1]
        if tag == "caption":
            table.caption = said
        elif self._in_head:
            table.header.append(said)
        else:
            table.rows[-1].append(cell_of(said, numeric=self._numeric))


def _slug(caption: str) -> str:
    plain = unicodedata.normalize("NFKD", caption).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "tableau"
