"""The parts, looked at by axe in a real browser, by day and by night; the pages are in journeys/test_every_page.py."""

from pathlib import Path

import pytest

from tests.look import parts

STATIC = Path("campus/static").resolve()

pytestmark = pytest.mark.browser


def serve_parts(route):
    """Answer with the parts page, or with a static file of ours."""
    path = route.request.url.split("/", 3)[3]
    if path.startswith("static/"):
        return route.fulfill(path=STATIC / path.removeprefix("static/"))
    return route.fulfill(body=parts.page("parts.html"), content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing_in_the_parts(browser, axe, width):
    page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page.scripted = True
    page.route("**/*", serve_parts)
    page.goto("http://127.0.0.1/pieces")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
