"""The texts of mails: templates/mail/KIND.txt in the reader's language; the first line is the subject.

The HTML part is made of the text: its paragraphs, its lists (lines that begin with "- "), and a button for each address
that stands alone, named by the short line that ends in a colon before it. One source, so that both say the same.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from campus import wording
from campus.addresses import address
from campus.config import ROOT

LONGEST_LABEL = 60


@dataclass(frozen=True)
class Letter:
    """A mail in words."""

    subject: str
    text: str


@functools.cache
def kinds() -> tuple[str, ...]:
    """List the kinds of mails, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in (ROOT / "templates/mail").glob("[!_]*.txt")))


@functools.cache
def _environment(language: str, *, pages: bool = False) -> Environment:
    made = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=pages,  # noqa: S701 (plain text is never shown as HTML)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(wording.catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals["address"] = functools.partial(address, language=language)
    for write in (wording.day, wording.short_day, wording.moment, wording.money, wording.span):
        made.filters[write.__name__] = functools.partial(write, language=language)
    return made


def write(kind: str, language: str, *, stop_token: str = "", **values: Any) -> Letter:
    """Write the mail of a kind; its subject never holds a line break. With a token it ends by how to switch it off."""
    made = _environment(language)
    subject, _, text = made.get_template(f"mail/{kind}.txt").render(values).strip().partition("\n")
    if stop_token:
        text += "\n\n" + made.get_template("mail/_stop.txt").render(token=stop_token)
    return Letter(one_line(subject), _spaced(text.strip()) + "\n")


def one_line(text: str) -> str:
    """Put a subject on one line; the no-break spaces stay, which `str.split` would take for plain ones."""
    return re.sub(r"[\x00-\x20\x7f\x85\u2028\u2029]+", " ", text).strip(" ")


def _spaced(text: str) -> str:
    """Let each address and each list stand by itself, one empty line from what is around it."""
    text = re.sub(r"^(https?://\S+)$", r"\n\1\n", text, flags=re.MULTILINE)
    text = re.sub(r"^(?!- )(.+)\n(?=- )", r"\1\n\n", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


@dataclass(frozen=True)
class Block:
    """A piece of a mail: lines of a paragraph, items of a list, or a button: its address, its label as the one line."""

    lines: tuple[str, ...]
    is_list: bool = False
    address: str = ""


def blocks(text: str) -> list[Block]:
    """Cut a mail's text into its pieces."""
    found: list[Block] = []
    for paragraph in filter(None, re.split(r"\n\s*\n", text.strip())):
        lines = tuple(line.strip() for line in paragraph.strip().split("\n"))
        if len(lines) == 1 and re.fullmatch(r"https?://\S+", lines[0]):
            found.append(Block((_label(found),), address=lines[0]))
        elif all(line.startswith("- ") for line in lines):
            found.append(Block(tuple(line.removeprefix("- ") for line in lines), is_list=True))
        else:
            found.append(Block(lines))
    return found


def _label(before: list[Block]) -> str:
    """Take the short line before an address for the label of its button."""
    last = before[-1] if before else None
    if last is None or len(last.lines) != 1 or len(last.lines[0]) > LONGEST_LABEL or not last.lines[0].endswith(":"):
        return ""
    before.pop()
    return last.lines[0].rstrip(": \u00a0\u202f")


def in_html(subject: str, text: str, language: str) -> str:
    """Make the HTML part of a mail of its text; without a style sheet, as mail readers want it."""
    template = _environment(language, pages=True).get_template("mail/_frame.html")
    return template.render(subject=subject, blocks=blocks(text), language=language)
