"""Every page, as everybody who may read it: no rule of accessibility broken, nothing wider than a phone."""

import re

import pytest
from flask import url_for

from tests.architecture.test_access import ROLES, TABLE
from tests.architecture.world import World

PHONE = {"width": 320, "height": 700}
DESK = {"width": 1280, "height": 900}
# What a width or a scheme can break; names, roles and order are the same on a phone by night.
SEEN_OTHERWISE = ("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable", "meta-viewport")
# Answers that are files to save: a browser has no page to show, and their contents are tested where they are made.
FILES = {
    "accounts.me.download",
    "public.calendars.session",
    "staff.demand.export",
    "staff.documents.show",
    "trainees.documents.show",
}


@pytest.fixture
def world(live_server):
    """The small world of the addresses, on the live server's database."""
    return World()


@pytest.fixture
def pages_of(made_app, world):
    """List the addresses of the pages that a role is the first to read, or may read; visitors' pages, as a visitor."""

    def addresses(role, *, all_of_them):
        for rule in made_app.url_map.iter_rules():
            answers = TABLE.get(("GET", rule.endpoint), {})
            readers = [each for each in ROLES if answers.get(each) == "200"]
            mine = role in readers and (role == readers[0] or (all_of_them and "anonymous" not in readers))
            if mine and rule.endpoint not in FILES:
                values = {argument: world.value(argument) for argument in sorted(rule.arguments)}
                with made_app.test_request_context():
                    yield url_for(rule.endpoint, **values)

    return addresses


def _faults_of(page, url, axe, *, thorough):
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
    return found


def _broken(page, axe, **rules):
    try:
        axe(page, **rules)
    except AssertionError as broken:
        return [re.sub(r"\n+", "\n", str(broken))]
    return []


# A page that several roles read is one template: by day its first reader looks at it. By night each part is looked at
# in tests/look/test_axe.py; that every page is made of these parts, whoever reads it, is for the long run.
@pytest.mark.timeout(600)
@pytest.mark.parametrize("thorough", [False, pytest.param(True, marks=pytest.mark.long)], ids=["day", "and-night"])
@pytest.mark.parametrize("role", ROLES)
def test_each_page_can_be_read_by_everybody_who_may(role, thorough, visit, world, pages_of, axe):
    found = []
    # A button that fades from one scheme to the other would be judged half way.
    with visit(world.people[role], reduced_motion="reduce") as page:
        for url in pages_of(role, all_of_them=thorough):
            found += _faults_of(page, url, axe, thorough=thorough)
    assert not found, "\n".join(found)
