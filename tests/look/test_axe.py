"""The parts and the public pages, looked at by axe in a real browser, by day and by night."""

from pathlib import Path

import pytest

from tests.look import parts

PAGES = ("/", "/classement", "/accessibilite", "/vos-donnees", "/ecoconception", "/mentions-legales", "/nouveautes")
STATIC = Path("campus/static").resolve()

pytestmark = pytest.mark.browser


def serve_parts(route):
    """Answer with the parts page, or with a static file of ours."""
    path = route.request.url.split("/", 3)[3]
    if path.startswith("static/"):
        return route.fulfill(path=STATIC / path.removeprefix("static/"))
    return route.fulfill(body=parts.page("parts.html"), content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing_in_the_parts(browser, axe, scheme, width):
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.scripted = True
    page.route("**/*", serve_parts)
    page.goto("http://127.0.0.1/pieces")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_the_public_pages(visit, axe, path, scheme):
    with visit(color_scheme=scheme, viewport={"width": 360, "height": 800}) as page:
        page.goto(path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
