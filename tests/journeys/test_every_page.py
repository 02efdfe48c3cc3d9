"""Every page, as everybody who may read it: no rule of accessibility broken, nothing wider than a phone."""

import re

import pytest
from flask import url_for

from tests.architecture.test_access import ROLES, TABLE
from tests.architecture.world import World

PHONE = {"width": 320, "height": 700}
DESK = {"width": 1280, "height": 900}
# Answers that are files to save: a browser has no page to show, and their contents are tested where they are made.
FILES = {"staff.demand.export"}


@pytest.fixture
def world(live_server):
    """The small world of the addresses, on the live server's database."""
    return World()


@pytest.fixture
def pages_of(made_app, world):
    """List the addresses of the pages that a role may read; those open to visitors are read once, as a visitor."""

    def addresses(role):
        for rule in made_app.url_map.iter_rules():
            answers = TABLE.get(("GET", rule.endpoint), {})
            read_as_a_visitor = role != "anonymous" and answers.get("anonymous") == "200"
            if answers.get(role) == "200" and not read_as_a_visitor and rule.endpoint not in FILES:
                values = {argument: world.value(argument) for argument in sorted(rule.arguments)}
                with made_app.test_request_context():
                    yield url_for(rule.endpoint, **values)

    return addresses


def _faults_of(page, url, axe):
    answer = page.goto(url)
    if "text/html" not in (answer.headers.get("content-type") or ""):
        return []
    found = []
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{url} is wider than {page.viewport_size['width']} px")
    try:
        axe(page)
    except AssertionError as broken:
        found.append(re.sub(r"\n+", "\n", str(broken)))
    return found


@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("viewport", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_each_page_can_be_read_by_everybody_who_may(role, viewport, scheme, visit, world, pages_of, axe):
    found = []
    with visit(world.people[role], viewport=viewport, color_scheme=scheme) as page:
        for url in pages_of(role):
            found += _faults_of(page, url, axe)
    assert not found, "\n".join(found)
