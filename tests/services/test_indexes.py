"""The file of indexes, on a database of its own: found while it holds, made again when the referential changes."""

import shutil

import pytest

from campus import db
from campus.queries import index_files, understanding
from campus.services.indexes import store_indexes
from campus.services.revisions import bump
from tests import make as builders


@pytest.fixture
def trades(databases, tmp_path):
    """An embedded database of its own, with two trades that are really committed."""
    understanding.forget()
    databases.engine("sqlite").dispose()
    shutil.copy(databases.file, tmp_path / "own.sqlite")
    db.configure(f"sqlite:///{tmp_path / 'own.sqlite'}")
    with db.transaction():
        for title, skill in (("Conducteur de ligne", "Changer de format"), ("Soudeur", "Souder au TIG")):
            builders.occupation(title, (builders.skill(skill),))
    db.begin_writing(False)
    yield
    db.close()
    db.engine().dispose()
    understanding.forget()


def test_what_is_read_from_the_file_answers_as_what_is_made(trades):
    made = understanding.propose("Cherchons un conducteur de ligne")
    store_indexes()
    understanding.forget()
    assert set(index_files.stored_indexes()) == {"adverts", "asked", "occupations", "skills", "vectors"}
    assert understanding.propose("Cherchons un conducteur de ligne") == made


def test_a_file_that_holds_is_not_made_again(trades):
    first = store_indexes().stat().st_ino
    assert store_indexes().stat().st_ino == first


def test_a_change_of_the_referential_ends_the_file(trades):
    store_indexes()
    db.close()
    with db.transaction():
        bump("referential")
    db.begin_writing(False)
    assert index_files.stored_indexes() is None


def test_another_code_does_not_read_the_file(trades, monkeypatch):
    store_indexes()
    monkeypatch.setattr(index_files, "made_by", lambda: "another code")
    assert index_files.stored_indexes() is None


def test_a_server_has_the_file_made_by_another_process(trades):
    assert set(index_files.indexes_made_elsewhere()) == set(index_files.stored_indexes())


def test_where_no_other_process_can_the_indexes_are_made_in_this_one(trades, monkeypatch):
    monkeypatch.setattr(index_files, "COMMAND", ("/nowhere/python",))
    assert index_files.indexes_made_elsewhere() is None
    assert understanding.find_skills("souder")
