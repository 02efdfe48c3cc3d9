"""Every route and every role: what each is answered stands in a table, and a route without a row fails.

The table is in `access/`, one file an area. A line is a method, an endpoint, and the answer to an anonymous visitor,
a trainee, an employer, a member of staff, an observer and a trainer, sent without any data:

    GET employers.needs.index    in 403 200 403 403 403

A line of five answers says that a trainer is answered as an observer is.

`in` is the way to the sign-in page; any other word is the status. What the arguments of an address stand for is in
`world.py`: a need of that employer, an application of that trainee.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import url_for

from campus import db as campus_db
from campus.queries import demand_facts, live_index, uncovered
from tests.architecture.code import ROOT
from tests.architecture.world import World

ROLES = ("anonymous", "trainee", "employer", "staff", "observer", "trainer")
MOST_QUERIES = 12
REFUSED = ("in", "403")  # answered before any page is made


def _rows():
    for path in sorted((ROOT / "tests/architecture/access").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if words := line.split("#")[0].split():
                method, endpoint, *answers = words
                answers += answers[-1:] if len(answers) == len(ROLES) - 1 else []
                assert len(answers) == len(ROLES), f"{path.name}: {line}"
                yield (method, endpoint), dict(zip(ROLES, answers, strict=True))


TABLE = dict(_rows())


def _routes(app):
    rules = app.url_map.iter_rules()
    return {(method, rule.endpoint): rule for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}


@pytest.fixture
def world(db):
    """The small world of the addresses."""
    return World()


@pytest.fixture
def address(app, world):
    """Give the address of a route, its arguments filled in from the world."""

    def fill(rule):
        values = {argument: world.value(argument) for argument in sorted(rule.arguments)}
        with app.test_request_context():
            return url_for(rule.endpoint, **values)

    return fill


@contextmanager
def _undone() -> Iterator[None]:
    """Forget what a request did, so that the next finds the same world."""
    campus_db.session.remove()
    attempt = campus_db.session.get_bind().begin_nested()
    try:
        yield
    finally:
        campus_db.session.remove()
        attempt.rollback()


def _ask_before() -> None:
    """Let the process know what any process knows that has been asked before."""
    live_index.get_ready()
    demand_facts.facts()
    uncovered.lacks()


def _answer(response):
    if response.status_code == 303 and "/compte/connexion" in response.location:
        return "in"
    return str(response.status_code)


def _let_in(method, endpoint):
    """Name somebody whom the guard lets in: only then does the token matter."""
    answers = TABLE.get((method, endpoint), {})
    return next((role for role in ("staff", *ROLES[1:]) if answers.get(role) not in {"in", "403"}), "staff")


def test_each_route_has_a_row_and_each_row_a_route(made_app):
    routes = _routes(made_app)
    missing, stale = sorted(routes.keys() - TABLE.keys()), sorted(TABLE.keys() - routes.keys())
    assert not missing, "without a row in tests/architecture/access/: " + ", ".join(map(" ".join, missing))
    assert not stale, "rows without a route: " + ", ".join(map(" ".join, stale))


# The table is that of the code, whatever the database: on PostgreSQL one role shows that the queries hold there too.
ON_POSTGRESQL = [
    pytest.param("postgresql", role, marks=[pytest.mark.postgresql, *([] if role == "staff" else [pytest.mark.long])])
    for role in ROLES
]


@pytest.mark.parametrize(("db", "role"), [*(("sqlite", role) for role in ROLES), *ON_POSTGRESQL], indirect=["db"])
def test_each_route_answers_each_role_as_the_table_says(made_app, client, world, address, role, count_queries):
    wrong = []
    for (method, endpoint), rule in _routes(made_app).items():
        expected = TABLE.get((method, endpoint), {}).get(role)
        url = address(rule)
        with _undone():
            browser = made_app.test_client()
            if world.people[role] is not None:
                browser.sign_in_as(world.people[role])
            sent = {"csrf_token": browser.new_csrf_token()} if method == "POST" else None
            if expected not in REFUSED:
                _ask_before()
            with count_queries() as seen:
                found = _answer(browser.open(url, method=method, data=sent))
        if found != expected:
            wrong.append(f"{method} {endpoint}: {found}, not {expected}")
        if method == "GET" and (seen.writes() or len(seen) > MOST_QUERIES):
            wrong.append(f"{method} {endpoint}: {len(seen)} queries, {len(seen.writes())} of them write")
    assert not wrong, f"as {role}:\n" + "\n".join(wrong)


def test_nothing_is_changed_by_a_form_without_its_token(made_app, world, address, count_queries):
    wrong = []
    for (method, endpoint), rule in _routes(made_app).items():
        if method == "GET":
            continue
        url = address(rule)
        with _undone():
            browser = made_app.test_client().sign_in_as(world.people[_let_in(method, endpoint)])
            with count_queries() as seen:
                response = browser.open(url, method=method)
        if response.status_code != 400 or seen.writes():
            wrong.append(f"{method} {endpoint}: {response.status_code}, {len(seen.writes())} writes")
    assert not wrong, "\n".join(wrong)
