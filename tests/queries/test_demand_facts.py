"""What is kept in memory for the demand equals, at each step, a plain recount of what the session sees."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from campus import changes, clock
from campus import db as database
from campus.models import (
    Course,
    CourseOutcome,
    CourseSession,
    CourseSessionState,
    CourseState,
    Importance,
    Need,
    NeedSkill,
    NeedState,
)
from campus.queries import demand_facts
from campus.queries.demand import LATER, QUARTERS_SHOWN, UNDATED, By, demand, quarters

TODAY = date(2027, 2, 10)
STEPS = ("post", "ask more", "withdraw", "publish", "plan", "cancel", "teach more", "suspend", "link")
few = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def column(day):
    """Place a day without the product's own rule."""
    if day is None:
        return UNDATED
    shown = quarters(TODAY)[:QUARTERS_SHOWN]
    return next((each for each in shown if day < each.following().first_day), LATER)


def recount(by):
    """Add up row by row, by another path."""
    posts, seats = Counter(), Counter()
    database.session.flush()
    for need in database.session.scalars(select(Need).where(Need.state == NeedState.PUBLISHED)):
        lines = [(each.skill_id, each.level or 0) for each in need.skills]
        for line in lines if by is By.SKILL else [(need.occupation_id, 0)] if need.occupation_id else []:
            posts[line, column(need.latest or need.earliest)] += need.posts
    for each in database.session.scalars(select(CourseSession)):
        if each.course.state is CourseState.PUBLISHED and each.state in demand_facts.PLANNED:
            for key, asked in {line for line, _column in posts}:
                taught = [outcome.exit_level for outcome in each.course.outcomes if outcome.skill_id == key]
                serves = taught and taught[0] >= asked if by is By.SKILL else key in ids(each.course.occupations)
                seats[(key, asked), column(each.ends_on)] += each.seats_max if serves else 0
    return +posts, +seats


def ids(rows):
    return {row.id for row in rows}


def told(by):
    rows = demand(by, today=TODAY)
    figures = [{((row.key, row.level), q): n for row in rows for q, n in getattr(row, name).items()} for name in NAMES]
    return tuple(Counter(each) for each in figures)


NAMES = ("posts", "seats")


def same_as_a_recount():
    return all(told(by) == recount(by) for by in By)


def take(step, make, known, pick):
    """Do one thing to the rows, as a page would, without committing."""
    skills, trades = known
    first = lambda model, *where: database.session.scalars(select(model).where(*where).order_by(model.id)).first()  # noqa: E731 (short)
    if step == "post":
        asked = [(skills[pick % 3], None, Importance.ESSENTIAL), (skills[(pick + 1) % 3], 2, Importance.DESIRED)]
        make.need(skills=asked, occupation=trades[pick % 2], posts=pick + 1, latest=TODAY + timedelta(days=70 * pick))
    elif step == "ask more" and (need := first(Need)):
        need.posts += 1
        need.skills[0].level = 4
    elif step in {"withdraw", "publish"} and (need := first(Need)):
        need.state = NeedState.WITHDRAWN if step == "withdraw" else NeedState.PUBLISHED
    elif step == "plan":
        course = first(Course) or make.course([skills[0], skills[1]], occupations=[trades[0]])
        make.course_session(course, starts_on=TODAY + timedelta(days=60 * pick))
    elif step == "cancel" and (session := first(CourseSession)):
        session.state = CourseSessionState.CANCELLED
    elif step == "teach more" and (course := first(Course)) and len(course.outcomes) == 2:
        course.outcomes.append(CourseOutcome(skill=skills[2], entry_level=0, exit_level=2, position=3))
    elif step == "suspend" and (course := first(Course)):
        course.state = CourseState.SUSPENDED
    elif step == "link" and (course := first(Course)):
        course.occupations = list(trades)


@few
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 6), st.sampled_from(["commit", "roll back", "look"])),
        max_size=9,
    )
)
def test_the_figures_are_those_of_a_plain_recount_whatever_is_written_and_undone(make, steps):
    known = [make.skill(f"c{n}") for n in range(3)], [make.occupation(f"m{n}") for n in range(2)]
    for step, pick, end in steps:
        take(step, make, known, pick)
        assert same_as_a_recount()
        if end != "look":
            getattr(database.session, {"commit": "commit", "roll back": "rollback"}[end])()
        assert same_as_a_recount()


def test_what_another_process_writes_is_read_alone(make, monkeypatch):
    need = make.need(posts=3)
    demand(By.SKILL, today=TODAY)
    monkeypatch.setattr(demand_facts, "_read_all", lambda: pytest.fail("all was read again"))
    need.posts = 8
    database.session.commit()
    assert {row.total_posts for row in demand(By.SKILL, today=TODAY)} == {8}


def test_after_an_import_all_is_read_again(make):
    need = make.need(posts=3)
    demand(By.SKILL, today=TODAY)
    database.session.connection().execute(NeedSkill.__table__.update().values(level=1))
    changes.note_everything(database.session())
    database.session.commit()
    assert {row.level for row in demand(By.SKILL, today=clock.today())} == {1}
    assert need.posts == 3
