"""The demo campus loads whole, once, and generated campuses keep their promises."""

from sqlalchemy import func, select

from campus.demo import content, load
from campus.models import (
    Document,
    DocumentKind,
    Need,
    NeedAnswer,
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
