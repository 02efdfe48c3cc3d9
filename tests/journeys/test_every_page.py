"""Every page, as everybody who may read it: no rule of accessibility broken, nothing wider than a phone."""

import pytest
from flask import url_for

from tests.architecture.test_access import ROLES, TABLE
from tests.architecture.world import World
from tests.journeys.looking import faults_of

# Answers that are files to save: a browser has no page to show, and their contents are tested where they are made.
# What is not a page: tables and dossiers as files, by the names of their views, and these.
FILE_VIEWS = (".export", ".file")
FILES = {
    "accounts.me.download",
    "employers.signed_copies.show",
    "public.calendars.session",
    "staff.documents.show",
    "staff.signed_copies.show",
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
            if mine and rule.endpoint not in FILES and not rule.endpoint.endswith(FILE_VIEWS):
                values = {argument: world.value(argument) for argument in sorted(rule.arguments)}
                with made_app.test_request_context():
                    url = url_for(rule.endpoint, **values)
                yield url  # outside of the context: a page that cannot be opened must not keep it

    return addresses


@pytest.fixture
def walk(visit, world, pages_of, axe):
    """Look at the pages of a role; give what is wrong."""

    def look(role, *, thorough):
        # A button that fades from one scheme to the other would be judged half way.
        with visit(world.people[role], reduced_motion="reduce") as page:
            urls = pages_of(role, all_of_them=thorough)
            return [fault for url in urls for fault in faults_of(page, url, axe, thorough=thorough)]

    return look


# A page that several roles read is one template: by day its first reader looks at it. By night each part is looked at
# in tests/look/test_axe.py; that every page is made of these parts, whoever reads it, is for the long run.
@pytest.mark.first
@pytest.mark.timeout(600)
def test_each_page_can_be_read_when_there_is_something_on_it(walk, world):
    world.fill()
    found = [fault for role in ROLES for fault in walk(role, thorough=False)]
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", ROLES)
def test_each_page_can_be_read_by_everybody_who_may(role, walk):
    found = walk(role, thorough=True)
    assert not found, "\n".join(found)
