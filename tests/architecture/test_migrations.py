"""The migrations lead to what the models say, forward and back, on both databases."""

import pytest
from sqlalchemy import inspect

from campus import db as campus_db
from campus import schema
from tests.harness.databases import create_database, database_url, drop_database

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=KINDS)
def empty(request, tmp_path):
    """An empty database of its own."""
    name = f"campus_test_0_migrations_{request.node.callspec.id}_{id(tmp_path)}"
    if request.param == "postgresql":
        create_database(name)
    engine = campus_db.make_engine(
        database_url(name) if request.param == "postgresql" else f"sqlite:///{tmp_path / 'empty.sqlite'}"
    )
    campus_db.use(engine)
    yield engine
    engine.dispose()
    if request.param == "postgresql":
        drop_database(name)


def test_the_migrations_go_up_down_and_up_again(empty):
    schema.upgrade()
    schema.downgrade()
    assert set(inspect(empty).get_table_names()) <= {"alembic_version"}
    schema.upgrade()
    assert schema.is_current()


def test_the_migrated_schema_is_that_of_the_models(empty):
    schema.upgrade()
    assert schema.drift() == []
