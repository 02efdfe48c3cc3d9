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
    Commitment,
    Course,
    CourseOutcome,
    CourseSession,
    CourseSessionState,
    CourseState,
    Importance,
    Need,
    NeedPost,
    NeedSkill,
    NeedState,
    PostState,
)
from campus.planning.quarters import LATER, QUARTERS_SHOWN, UNDATED, quarters
from campus.queries import demand_facts
from campus.queries.demand import By, demand

TODAY = date(2027, 2, 10)
SAID = ("post", "ask more", "withdraw", "publish", "confirm", "train", "hire")
STEPS = (*SAID, "plan", "cancel", "teach more", "suspend", "link")
few = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def column(day):
    """Place a day without the product's own rule."""
    if day is None:
        return UNDATED
    shown = quarters(TODAY)[:QUARTERS_SHOWN]
    return next((each for each in shown if day < each.following().first_day), LATER)


def lines_of(need, by):
    """Say which lines a need counts on."""
    if by is By.SKILL:
        return [(each.skill_id, each.level or 0) for each in need.skills]
    trade, commune = need.occupation, need.commune
    key = {By.OCCUPATION: trade and trade.id, By.FAMILY: trade and trade.parent_code}.get(by, commune and AREA)
    return [(key, 0)] if key else []


def serves(session, line, by):
    """Say whether the seats of a session count for a line."""
    key, asked = line
    if by is By.AREA:
        return session.commune is not None
    if by is By.SKILL:
        taught = [outcome.exit_level for outcome in session.course.outcomes if outcome.skill_id == key]
        return bool(taught) and taught[0] >= asked
    return key in {trade.id if by is By.OCCUPATION else trade.parent_code for trade in session.course.occupations}


def steps_reached():
    """Count each need's posts that came so far: in this test they are confirmed and hired one by one."""
    database.session.flush()
    hired, trained, said = Counter(), Counter(), {}
    for post in database.session.scalars(select(NeedPost)):
        hired[post.need_id] += post.state in {PostState.HIRED, PostState.STAYED}
        trained[post.need_id] += post.state is PostState.COMPLETED
    for line in database.session.scalars(select(Commitment).order_by(Commitment.at, Commitment.id)):
        said[line.need_id] = line.posts

    def reached(need):
        seated = hired[need.id] + trained[need.id]
        return tuple(min(need.posts, n) for n in (max(seated, said.get(need.id, 0)), seated, hired[need.id]))

    return reached


def recount(by, reached):
    """Add up row by row, by another path."""
    counted = {name: Counter() for name in NAMES}
    for need in database.session.scalars(select(Need).where(Need.state == NeedState.PUBLISHED)):
        for line in lines_of(need, by):
            counted["posts"][line, column(need.latest or need.earliest)] += need.posts
            for step, posts in zip(STEPS_TOLD, reached(need), strict=True):
                counted[step][line] += posts
    for each in database.session.scalars(select(CourseSession)):
        if each.course.state is CourseState.PUBLISHED and each.state in demand_facts.PLANNED:
            for line in {line for line, _column in counted["posts"]}:
                counted["seats"][line, column(each.ends_on)] += each.seats_max if serves(each, line, by) else 0
    return tuple(+each for each in counted.values())


def told(by):
    rows = demand(by, today=TODAY)
    figures = [
        {((row.key, row.level), q): n for row in rows for q, n in getattr(row, name).items()} for name in NAMES[:2]
    ]
    steps = [{(row.key, row.level): row.steps[step] for row in rows} for step in STEPS_TOLD]
    return tuple(+Counter(each) for each in (*figures, *steps))


STEPS_TOLD = ("confirmed", "trained", "hired")
NAMES = ("posts", "seats", *STEPS_TOLD)
AREA = "2405"


def same_as_a_recount():
    reached = steps_reached()
    return all(told(by) == recount(by, reached) for by in By)


def take(step, make, known, pick):
    """Do one thing to the rows, as a page would, without committing."""
    (take_need if step in SAID else take_course)(step, make, known, pick)


def first(model):
    return database.session.scalars(select(model).order_by(model.id)).first()


def take_need(step, make, known, pick):
    skills, trades = known
    if step == "post":
        asked = [(skills[pick % 3], None, Importance.ESSENTIAL), (skills[(pick + 1) % 3], 2, Importance.DESIRED)]
        place = {"commune": make.commune(area_code=AREA)} if pick % 2 else {}
        latest = TODAY + timedelta(days=70 * pick)
        make.need(skills=asked, occupation=trades[pick % 2], posts=pick + 1, latest=latest, **place)
    elif step == "ask more" and (need := first(Need)):
        need.posts += 1
        need.skills[0].level = 4
    elif step in {"withdraw", "publish"} and (need := first(Need)):
        need.state = NeedState.WITHDRAWN if step == "withdraw" else NeedState.PUBLISHED
    elif step == "confirm" and (need := first(Need)):
        said = Commitment(organisation_id=need.organisation_id, need_id=need.id, posts=pick + 1, step="confirmed")
        database.session.add(said)
    elif step in {"train", "hire"} and (post := first(NeedPost)):
        post.state = PostState.COMPLETED if step == "train" else PostState.HIRED


def take_course(step, make, known, pick):
    skills, trades = known
    if step == "plan":
        course = first(Course) or make.course([skills[0], skills[1]], occupations=[trades[0]])
        commune = make.commune(area_code=AREA) if pick % 2 else None
        make.course_session(course, starts_on=TODAY + timedelta(days=60 * pick), commune=commune)
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
