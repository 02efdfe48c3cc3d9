"""The groups of uncovered skills are, whatever was written and undone, those of a recount from needs and courses."""

from collections import defaultdict

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from campus import db as database
from campus.models import Course, CourseState, Importance, Need, NeedState
from campus.queries.creation import board
from campus.services.matches import match_all

few = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LEVEL = st.one_of(st.none(), st.integers(1, 4))
STEP = st.one_of(
    st.tuples(st.just("ask"), st.dictionaries(st.integers(0, 4), LEVEL, min_size=3, max_size=4), st.integers(1, 4)),
    st.tuples(st.just("teach"), st.dictionaries(st.integers(0, 4), st.integers(1, 4), min_size=1, max_size=2)),
    st.tuples(st.sampled_from(["withdraw", "suspend", "roll back"])),
)


def recount():
    """Say of each skill and level asked that no published course brings, how many posts ask it."""
    brought, found = defaultdict(int), defaultdict(int)
    for course in database.session.scalars(select(Course).where(Course.state == CourseState.PUBLISHED)):
        for each in course.outcomes:
            brought[each.skill_id] = max(brought[each.skill_id], each.exit_level)
    for need in database.session.scalars(select(Need).where(Need.state == NeedState.PUBLISHED)):
        for each in need.skills:
            if brought[each.skill_id] < (each.level or 1):
                found[each.skill_id, each.level or 0] += need.posts
    return dict(found)


def told():
    known = board()
    lines = [line for place in range(len(known)) for line in known.group(place).skills]
    assert len({line.skill for line in lines}) == len(lines)
    return {(line.skill, level): posts for line in lines for level, posts in line.levels.items()}


def first(model, *where):
    return database.session.scalars(select(model).where(*where).order_by(model.id)).first()


def take(step, make, skills):
    kind, *given = step
    if kind == "ask":
        asked = [(skills[place], level, Importance.ESSENTIAL) for place, level in given[0].items()]
        make.need(skills=asked, posts=given[1])
    elif kind == "teach":
        make.course([(skills[place], 0, level) for place, level in given[0].items()])
    elif kind == "withdraw" and (need := first(Need, Need.state == NeedState.PUBLISHED)):
        need.state = NeedState.WITHDRAWN
    elif kind == "suspend" and (course := first(Course, Course.state == CourseState.PUBLISHED)):
        course.state = CourseState.SUSPENDED


@few
@given(steps=st.lists(STEP, min_size=2, max_size=5))
def test_the_groups_are_those_of_a_plain_recount_whatever_is_written_and_undone(make, steps):
    skills = [make.skill(f"c{n}") for n in range(5)]
    for step in steps:
        take(step, make, skills)
        match_all(database.session.scalars(select(Need.id).where(Need.state == NeedState.PUBLISHED)).all())
        assert told() == recount()
        database.session.rollback() if step[0] == "roll back" else database.session.commit()
        assert told() == recount()
