"""The demo campus loads whole, once, and generated campuses keep their promises."""

import itertools

from sqlalchemy import func, select

from campus.demo import content, large, load
from campus.models import CourseSession, Enrolment, EnrolmentState, Match, Need, NeedAnswer
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


def test_a_generated_campus_never_oversells_and_judges_its_needs(db):
    load.load()
    size = large.Size(needs=12, courses=20, sessions=6, trainees=120, organisations=5)
    large.generate(size, lambda *_step: None)
    holders = dict(
        db.session.execute(
            select(Enrolment.course_session_id, func.count())
            .where(Enrolment.state != EnrolmentState.WAITLISTED)
            .group_by(Enrolment.course_session_id)
        ).all()
    )
    sessions = db.session.scalars(select(CourseSession)).all()
    assert all(each.seats_taken == holders.get(each.id, 0) <= each.seats_max for each in sessions)
    assert count(db, NeedAnswer) == 12 + len(content.NEEDS)
    assert count(db, Match) > 0


def test_the_same_seed_makes_the_same_campus(db):
    load.load()
    makers = [large.Maker(large.Size(needs=3, courses=5), large.random.Random(1)) for _ in range(2)]
    titles = [[maker.trade().label for _ in range(20)] for maker in makers]
    assert len(list(itertools.groupby(titles))) == 1
