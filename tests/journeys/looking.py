"""Looking a page over in a browser: the rules of accessibility, and its width on a phone."""

from __future__ import annotations

import re
from typing import Any

PHONE = {"width": 320, "height": 700}
DESK = {"width": 1280, "height": 900}
# What a width or a scheme can break; names, roles and order are the same on a phone by night.
SEEN_OTHERWISE = ("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable", "meta-viewport")


def faults_of(page: Any, url: str, axe: Any, *, thorough: bool) -> list[str]:
    """Read a page on a desk by day, then on a phone: its width, and by night its colours when thorough."""
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    answer = page.goto(url)
    if "text/html" not in (answer.headers.get("content-type") or ""):
        return []
    found = _broken(page, axe)
    page.set_viewport_size(PHONE)
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{url} is wider than a phone")
    if thorough:
        page.emulate_media(color_scheme="dark")
        found += _broken(page, axe, only=SEEN_OTHERWISE)
    return found if answer.status == 200 else [*found, f"{url} answered {answer.status}"]


def _broken(page: Any, axe: Any, **rules: Any) -> list[str]:
    try:
        axe(page, **rules)
    except AssertionError as broken:
        return [re.sub(r"\n+", "\n", str(broken))]
    return []
