"""The index kept in memory says what the database says: after others' commits, rollbacks, and any run of changes."""

import random
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campus import changes, clock
from campus import db as campus_db
from campus.models import (
    Change,
    ChangeKind,
    Course,
    CourseOutcome,
    CourseState,
    NeedState,
)
from campus.queries import live_index
from campus.queries.live_index import LiveIndex, live
from campus.services import seats
from campus.services.changes import forget_changes
from campus.services.matches import match_course, match_need
from tests import make as builders
from tests.conftest import BOTH

LABELS = ("Souder un tube", "Lire un plan", "Régler une presse", "Peser un mélange", "Souder une tôle", "Lire une cote")


@pytest.fixture
def committed(request, databases, tmp_path):
    """A database of its own, in which everything is really committed: `committed("postgresql")`."""
    live_index.forget()
    with databases.copy(request.param, tmp_path / "live.sqlite"):
        yield builders
        live_index.forget()


both = pytest.mark.parametrize("committed", BOTH, indirect=True)


def elsewhere(change):
    """Run a change as another process would: on a connection of its own, in a transaction of its own."""

    def run():
        with campus_db.transaction():
            change()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)


def turn(course, state):
    campus_db.session.get_one(Course, course.id).state = state


def in_the_index(course):
    with live() as index:
        return index.courses.store.ids.row(str(course.id)) is not None


@both
def test_what_another_connection_commits_is_seen_at_the_next_use(committed):
    course = committed.course(state=CourseState.SUSPENDED)
    assert not in_the_index(course)
    campus_db.close()
    elsewhere(lambda: turn(course, CourseState.PUBLISHED))
    assert in_the_index(course)


@both
def test_what_is_not_committed_is_seen_by_its_session_alone_and_gone_after_a_rollback(committed):
    course = committed.course(state=CourseState.SUSPENDED)
    assert not in_the_index(course)
    turn(course, CourseState.PUBLISHED)
    seen = [in_the_index(course)]
    if not campus_db.is_sqlite():
        elsewhere(lambda: seen.append(in_the_index(course)))
        assert seen.pop() is False
        seen = [in_the_index(course)]
    campus_db.session.rollback()
    assert (seen, in_the_index(course)) == ([True], False)


@both
def test_an_index_built_amid_a_change_that_is_rolled_back_keeps_nothing_of_it(committed):
    course = committed.course(state=CourseState.SUSPENDED)
    turn(course, CourseState.PUBLISHED)
    assert in_the_index(course)
    campus_db.session.rollback()
    assert not in_the_index(course)


@pytest.mark.parametrize("committed", BOTH[1:], indirect=True)
def test_a_change_committed_after_a_later_one_is_not_missed(committed):
    early, late = (committed.course(state=CourseState.SUSPENDED) for _ in range(2))
    assert not in_the_index(early)
    campus_db.close()
    written, may_commit = threading.Event(), threading.Event()

    def slowly():
        turn(early, CourseState.PUBLISHED)
        campus_db.session.flush()
        written.set()
        may_commit.wait(20)

    slow = threading.Thread(target=elsewhere, args=[slowly])
    slow.start()
    written.wait(20)
    elsewhere(lambda: turn(late, CourseState.PUBLISHED))
    assert (in_the_index(early), in_the_index(late)) == (False, True)
    campus_db.close()
    may_commit.set()
    slow.join(20)
    assert in_the_index(early)


def test_two_databases_in_one_process_do_not_mix(databases, tmp_path):
    with databases.copy("sqlite", tmp_path / "one.sqlite"):
        course = builders.course()
        assert in_the_index(course)
    with databases.copy("sqlite", tmp_path / "other.sqlite"):
        assert not in_the_index(course)


def test_a_seat_taken_is_seen(db, make):
    held = make.course_session(seats_max=5)
    with live() as index:
        index.waiting(db.session())
    assert seats.take_seats(held.id, 2)
    db.session.commit()
    with live() as index:
        row = index.courses.store.ids.row(str(held.course_id))
        [left] = index.courses.store.board.sessions.of("session", row)["seats"].tolist()
    assert left == 3


@both
def test_an_index_that_stood_still_while_rows_were_forgotten_is_built_anew(committed, stop_clock):
    old, later = (committed.course(state=CourseState.SUSPENDED) for _ in range(2))
    assert not in_the_index(old)
    for days, course in ((0, old), (30, later)):
        stop_clock(clock.now() + timedelta(days=days))
        turn(course, CourseState.PUBLISHED)
        campus_db.session.commit()
    kept = campus_db.session.scalar(select(func.count()).select_from(Change))
    assert 0 < forget_changes(clock.now()) < kept
    assert in_the_index(old)


def test_a_change_of_a_skill_gives_its_session_an_index_of_its_own(db, make):
    skill = make.skill("Souder un tube")
    make.course([skill])
    with live() as index:
        shared = index
    skill.label = "Braser un tube"
    with live() as index:
        assert index is not shared
        number = index.courses.store.skills.number[skill.id]
        assert index.courses.store.skills.learn(skill.id, "", None) == number
    db.session.rollback()
    with live() as index:
        assert index is shared


def test_every_write_of_what_the_index_reads_is_noted(db, make):
    course, need = make.course(), make.need()
    session = make.course_session(course)
    subjects = []
    for row, name, value in [
        (course, "title", "Autre titre"),
        (course.outcomes[0], "exit_level", 4),
        (session, "place", "Ailleurs"),
        (need, "posts", 7),
        (need.skills[0], "level", 1),
    ]:
        setattr(row, name, value)
        db.session.flush()
        subjects.append(set(changes.noted(db.session())) - {changes.REPORTED})
        db.session.commit()
    about = [{(ChangeKind.COURSE, course.id)}] * 3 + [{(ChangeKind.NEED, need.id)}] * 2
    assert subjects == about


class Walk:
    """Random changes of courses, sessions and needs, the same for the same seed."""

    def __init__(self, db, make, seed):
        self.db, self.make, self.chance = db, make, random.Random(seed)  # noqa: S311 (no secret: a walk)
        self.skills = [make.skill(label, macro_code=f"M{n % 2}") for n, label in enumerate(LABELS)]
        self.trades = [make.occupation(skills=tuple(self.skills[n : n + 3]), parent_code="P1") for n in (0, 3)]
        self.courses = [self.course() for _ in range(6)]
        self.needs = [self.need() for _ in range(5)]

    def course(self):
        taught = self.chance.sample(self.skills, 3)
        return self.make.course([(skill, *self.chance.choice([(0, 2), (0, 4), (1, 3)])) for skill in taught])

    def need(self):
        asked = self.chance.sample(self.skills, 4)
        need = self.make.need(skills=asked, occupation_id=self.chance.choice(self.trades).id)
        match_need(need)
        return need

    def step(self):
        course, need = self.chance.choice(self.courses), self.chance.choice(self.needs)
        self.chance.choice([
            lambda: self.told(course, state=self.chance.choice([CourseState.PUBLISHED, CourseState.SUSPENDED])),
            lambda: self.told(course, title=self.chance.choice(LABELS), occupations=self.chance.sample(self.trades, 1)),
            lambda: self.told(course, outcomes=[self.new_outcome()]),
            lambda: self.make.course_session(course, seats_max=self.chance.randint(4, 9)),
            lambda: self.told(need, state=self.chance.choice([NeedState.PUBLISHED, NeedState.WITHDRAWN])),
            lambda: self.needs.append(self.need()),
            lambda: self.courses.append(self.course()),
        ])()  # fmt: skip
        self.db.session.commit() if self.chance.random() < 0.8 else self.db.session.rollback()

    def new_outcome(self):
        return CourseOutcome(skill=self.make.skill(self.chance.choice(LABELS)), exit_level=3)

    def told(self, row, **values):
        for name, value in values.items():
            setattr(row, name, value)
        if isinstance(row, Course):
            match_course(row)


def said(index, session):
    """Give all that an index says of needs and courses."""
    waiting = index.waiting(session)
    linked = index.link([need.view for need in sorted(waiting.needs, key=lambda need: str(need.view.id))])
    rows = [str(each) for each in session.scalars(select(Course.id))]
    return (
        [(need.view.id, index.courses.best(need), index.courses.count(need)) for need in linked],
        [sorted(index.courses.for_pathway(need)) for need in linked],
        {each: (waiting.ranked_by(each), waiting.related_by_pathways(each), waiting.concerned(each)) for each in rows},
    )


@pytest.mark.parametrize("steps", [12, pytest.param(150, marks=pytest.mark.long)])
def test_an_index_changed_in_place_is_the_index_built_anew(db, make, steps):
    walk = Walk(db, make, seed=steps)
    for _step in range(steps):
        walk.step()
        fresh = LiveIndex()
        fresh.catch_up(db.session())
        with live() as kept:
            assert said(kept, db.session()) == said(fresh, db.session())
