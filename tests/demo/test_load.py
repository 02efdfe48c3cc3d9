"""The demo campus loads whole, once, and generated campuses keep their promises."""

import itertools

import pytest
from sqlalchemy import func, select

from campus.demo import content, large, load
from campus.demo.generated import draw
from campus.models import (
    Account,
    Course,
    CourseSession,
    Document,
    DocumentKind,
    Enrolment,
    EnrolmentState,
    Match,
    Need,
    NeedAnswer,
    NeedPost,
    Organisation,
)
from campus.services.needs import next_reference


def count(db, model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


def test_every_need_of_the_demo_is_answered(db):
    load.load()
    assert count(db, NeedAnswer) == len(content.NEEDS) == count(db, Need)


def test_the_first_need_of_the_demo_has_a_pathway_over_its_essential_skills(db):
    load.load()
    need = db.session.scalars(select(Need).where(Need.title == content.NEEDS[0].title)).one()
    assert db.session.get(NeedAnswer, need.id).answer["pathway"]["complete"]


def test_the_demo_is_loaded_only_into_an_empty_database(db):
    assert load.is_empty()
    load.load()
    assert not load.is_empty()


def test_the_next_need_of_the_demo_takes_a_reference_that_is_free(db):
    load.load()
    assert next_reference() not in db.session.scalars(select(Need.reference)).all()


def test_the_trainee_of_the_demo_has_documents_to_open(db):
    load.load()
    kinds = set(db.session.scalars(select(Document.kind).where(Document.enrolment_id.is_not(None))))
    assert kinds == {DocumentKind.CALL_UP, DocumentKind.CERTIFICATE, DocumentKind.ATTESTATION}


@pytest.fixture
def generated(db):
    """A hundredth of the large campus beside the demo."""
    load.load()
    size = large.Size().times(0.01)
    large.generate(size, lambda *_step: None)
    return size


def test_a_generated_campus_has_as_much_of_everything_as_was_asked(db, generated):
    assert generated == large.Size(needs=50, courses=10, sessions=30, trainees=200, organisations=4)
    assert count(db, Need, Need.reference.startswith("G-")) == 50
    assert count(db, Course) == 10 + len(content.COURSES)
    assert count(db, CourseSession, CourseSession.place == "Campus industriel") == 30
    assert count(db, Account, Account.email.startswith("stagiaire.")) == 200
    assert count(db, Organisation) == 4 + len(content.FIRMS)


def test_a_generated_campus_never_oversells_and_judges_its_needs(db, generated):
    holds = Enrolment.state != EnrolmentState.WAITLISTED
    per_session = select(Enrolment.course_session_id, func.count()).group_by(Enrolment.course_session_id)
    holders = dict(db.session.execute(per_session.where(holds)).all())
    waiting = dict(db.session.execute(per_session.where(~holds)).all())
    sessions = db.session.scalars(select(CourseSession)).all()
    assert all(each.seats_taken == holders.get(each.id, 0) <= each.seats_max for each in sessions)
    assert all(each.last_rank == waiting.get(each.id, 0) for each in sessions)
    assert count(db, NeedAnswer) == 50 + len(content.NEEDS)
    assert count(db, Match) > 50
    assert count(db, NeedPost) == db.session.scalar(select(func.sum(Need.posts)))


def test_the_same_seed_draws_the_same_trades(db):
    load.load()
    draws = [draw.Draw(1) for _ in range(2)]
    titles = [[each.trade().label for _ in range(20)] for each in draws]
    assert len(list(itertools.groupby(titles))) == 1
