"""What every HTML answer must be: valid, titled, in a language, without anything inline, its forms protected."""

from __future__ import annotations

import functools
import hashlib
import re
import warnings
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
)
TYPED = {"text", "email", "search", "tel", "url", "number", "date", "hidden", "password", "datetime-local", "month"}
# A token of a form as it is signed, the identifier of a row, or a number that is no character reference.
TOKEN = r'(?<=value=")[\w-]{20,}\.[\w-]+\.[\w-]+(?=")'
IDENTIFIER = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
CHANGING = re.compile(rf"{TOKEN}|{IDENTIFIER}|(?<![#\d])\d+")
_without_fault: set[bytes] = set()


@dataclass
class HtmlForm:
    """A form as a browser would send it."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page:
    """A parsed HTML answer, for tests to look at as a reader would."""

    def __init__(self, html: str) -> None:
        self.html = html

    @functools.cached_property
    def root(self) -> Element:
        """Parse the page when it is first looked at; the first error of syntax fails."""
        return parse(self.html)

    def all(self, tag: str) -> list[Element]:
        """List the elements of a tag, in the order of the page."""
        return list(self.root.iter(tag))

    @functools.cached_property
    def text(self) -> str:
        """Give the words of the page, white space folded, no-break spaces as plain ones."""
        body = self.root.find("body")
        return words(body if body is not None else self.root)

    @functools.cached_property
    def title(self) -> str:
        """Give the words of <title>."""
        titles = self.all("title")
        return words(titles[0]) if titles else ""

    @property
    def h1(self) -> str:
        """Give the words of the page's heading."""
        return words(self.all("h1")[0])

    @property
    def links(self) -> dict[str, str]:
        """Give the address of each link by its words."""
        return {words(link): link.get("href", "") for link in self.all("a")}

    @functools.cached_property
    def forms(self) -> list[HtmlForm]:
        """List the forms with what they would send if nothing were typed."""
        return [_read_form(element, self.root) for element in self.all("form")]

    def faults(self) -> list[str]:
        """List what is wrong with the page as a whole."""
        found = []
        if not (self.root.get("lang") or "").strip():
            found.append("<html> has no lang")
        if not self.title:
            found.append("<title> is missing or empty")
        if len(self.all("h1")) != 1:
            found.append(f"{len(self.all('h1'))} <h1> where there must be one")
        return found + self.part_faults()

    def part_faults(self) -> list[str]:
        """List what is wrong in any piece of HTML, be it a page or a fragment."""
        found = []
        for element in self.root.iter():
            found += _inline_faults(element)
        for form in self.forms:
            if form.method == "post" and not form.values.get("csrf_token", [""])[0]:
                found.append(f"the form to {form.action!r} carries no CSRF token")
        identifiers = [element.get("id") for element in self.root.iter() if element.get("id")]
        twice = {each for each in identifiers if identifiers.count(each) > 1}
        return found + [f"id {each!r} is there more than once" for each in sorted(twice)]


def parse(html: str) -> Element:
    """Parse strictly: the first error of syntax fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        return parser.parse(html)


def words(element: Element) -> str:
    """Give an element's words as a reader sees them, with plain spaces and apostrophes."""
    text = "".join(element.itertext()).replace("\u2019", "'")
    return " ".join(text.split())


def check(response: TestResponse) -> Page | None:
    """Check one answer; give its page when it is HTML."""
    _check_headers(response)
    if response.mimetype != "text/html" or not response.data or 300 <= response.status_code < 400:
        return None
    fragment = response.request.headers.get("HX-Request") == "true"
    html = response.get_data(as_text=True)
    page = Page(f"<!doctype html><html><head></head><body>{html}</body></html>" if fragment else html)
    if (shape := _shape(page.html)) in _without_fault:
        return page
    faults = page.part_faults() if fragment else page.faults()
    assert not faults, f"{response.request.path}: " + "; ".join(faults)
    _without_fault.add(shape)
    return page


def _shape(html: str) -> bytes:
    """Sum a page up but for the token, the identifiers and the numbers, of which only which are the same counts."""
    seen: dict[str, str] = {}
    same = CHANGING.sub(lambda found: seen.setdefault(found[0], f"{{{len(seen)}}}"), html)
    return hashlib.sha256(same.encode()).digest()


def _check_headers(response: TestResponse) -> None:
    if response.request.path.removeprefix("/en").startswith("/static/"):
        return
    absent = [name for name in HEADERS if name not in response.headers]
    assert not absent, f"{response.request.path} answers without {', '.join(absent)}"
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe-" not in policy, policy
    if "Set-Cookie" in response.headers:
        assert "no-store" in response.headers.get("Cache-Control", ""), f"{response.request.path} may be cached"


def _inline_faults(element: Element) -> list[str]:
    tag = str(element.tag)
    found = [f"<{tag}> has an inline {name}" for name in element.attrib if name == "style" or name.startswith("on")]
    if tag == "style":
        found.append("<style> in the page")
    if tag == "script" and not element.get("src") and element.get("type", "text/javascript") != "application/json":
        found.append("<script> without src")
    return found


def _read_form(form: Element, root: Element) -> HtmlForm:
    read = HtmlForm(form.get("action", ""), form.get("method", "get").lower())
    outside = []
    if form.get("id"):
        outside = [each for each in root.iter() if each.get("form") == form.get("id")]
    for control in [*form.iter(), *outside]:
        _read_control(control, read)
    return read


def _read_control(control: Element, form: HtmlForm) -> None:
    name = control.get("name")
    if not name or control.get("disabled") is not None:
        return
    kind = control.get("type", "text").lower()
    if control.tag == "button" or kind in {"submit", "image"}:
        form.buttons.append((name, control.get("value", "")))
    elif control.tag == "textarea":
        form.values.setdefault(name, []).append("".join(control.itertext()).removeprefix("\n"))
    elif control.tag == "select":
        form.values.setdefault(name, []).extend(_chosen(control))
    elif control.tag == "input" and (kind in TYPED or control.get("checked") is not None) and kind != "file":
        form.values.setdefault(name, []).append(control.get("value", "on" if kind in {"checkbox", "radio"} else ""))


def _chosen(select: Element) -> list[str]:
    options = list(select.iter("option"))
    chosen = [each for each in options if each.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = options[:1]
    return [each.get("value", words(each)) for each in chosen]
