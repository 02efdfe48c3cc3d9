"""Rendering: a template of templates/documents/ and values, as one PDF/UA-1 file.

Values reach typst as JSON in `sys.inputs` and are printed as strings: they are never part of a source, so what looks
like typst, HTML or a formula is only text. The compiler sees nothing outside the folder of the templates.
"""

from __future__ import annotations

import functools
import io
import json
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import segno
import typst

from campus.config import ROOT
from campus.exchange.pdf.glyphs import plain, printable
from campus.exchange.pdf.papers import Paper, Stamp
from campus.exchange.pdf.sentences import translated

FOLDER = ROOT / "templates" / "documents"
LAYOUT = FOLDER / "layout.typ"
STANDARD = "ua-1"
NO_GLYPH = "could not be displayed with font"
Keep = Callable[[str], str]
_one_at_a_time = threading.Lock()


def render(paper: Paper, stamp: Stamp, *, at: datetime) -> bytes:
    """Render a document as PDF/UA-1 (ISO 14289-1).

    `at` is the instant written into the file as its date; the same values give the same bytes. Raises
    typst.TypstError only when a template is wrong, never for a value.
    """
    return _render(paper.template, _values(asdict(paper), stamp, large=False), at)


def print_large(template: str, paper: dict[str, Any], stamp: Stamp, *, at: datetime) -> bytes:
    """Render the values that were kept of a document once more, in letters half as big again."""
    return _render(template, _values(paper, stamp, large=True), at)


def _values(paper: dict[str, Any], stamp: Stamp, *, large: bool) -> dict[str, Any]:
    return {"paper": paper, "stamp": asdict(stamp), "qr": qr_code(stamp.address), "large": large}


def _render(template: str, values: dict[str, Any], at: datetime) -> bytes:
    locale = values["stamp"]["locale"]
    try:
        return _compile(template, values, locale=locale, at=at, keep=printable)
    except typst.TypstError as error:
        if NO_GLYPH not in error.message:
            raise
        return _compile(template, values, locale=locale, at=at, keep=plain)


def qr_code(address: str) -> str:
    """Draw the QR code of an address as SVG (ISO/IEC 18004, error correction M)."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, scale=4, xmldecl=False)
    return drawn.getvalue().decode()


def _compile(template: str, values: dict[str, Any], *, locale: str, at: datetime, keep: Keep) -> bytes:
    path = FOLDER / f"{template}.typ"
    inputs = {
        "data": json.dumps(_each_text(values, keep)),
        "words": json.dumps(translated((path, LAYOUT), locale)),
    }
    with _one_at_a_time:
        made = _compiler().compile(
            input=str(path), format="pdf", sys_inputs=inputs, pdf_standards=STANDARD, timestamp=int(at.timestamp())
        )
    assert isinstance(made, bytes)  # noqa: S101 (one PDF is one file; only images come page by page)
    return made


@functools.cache
def _compiler() -> typst.Compiler:
    """Keep one compiler, with the fonts inside typst only: the same document on every machine."""
    return typst.Compiler(root=str(FOLDER), ignore_system_fonts=True)


def _each_text(value: Any, keep: Keep) -> Any:
    """Pass every text of some values through a filter."""
    if isinstance(value, str):
        return keep(value)
    if isinstance(value, dict):
        return {key: _each_text(each, keep) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(each, keep) for each in value]
    return value
