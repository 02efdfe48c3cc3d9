"""`campus rematch`, on both databases: which needs it judges again."""

import pytest
from click.testing import CliRunner
from sqlalchemy import func, null, select, update

from campus import db as campus_db
from campus.cli import cli
from campus.models import Match, NeedAnswer, NeedState
from campus.services.matches import match_need


@pytest.fixture
def rematch(db, monkeypatch):
    """Run the command on the test's database; give the last line that it prints."""
    monkeypatch.setattr(campus_db, "configure", lambda address: campus_db.engine())
    return lambda *options: (
        CliRunner().invoke(cli, ["rematch", *options], catch_exceptions=False).output.splitlines()[-1]
    )


@pytest.fixture
def answered(make, db):
    """A need with its answer: a course that brings what it asks."""
    skills = [make.skill() for _ in range(3)]
    make.course_session(make.course(skills))
    need = make.need(skills=skills)
    match_need(need)
    db.session.commit()
    return need.id


def test_an_answer_by_todays_rules_is_left_alone(rematch, answered):
    assert rematch() == "Besoins jugés à nouveau : 0."


def test_all_judges_it_again_nevertheless(rematch, answered):
    assert rematch("--all") == "Besoins jugés à nouveau : 1."


@pytest.mark.parametrize("older", [{"rules_version": "1"}, {"referential_version": "459"}, {"standing": null()}])
def test_an_answer_by_other_rules_is_made_anew(rematch, answered, db, older):
    db.session.execute(update(NeedAnswer.__table__).values(**older))
    db.session.commit()
    assert rematch() == "Besoins jugés à nouveau : 1."
    assert rematch() == "Besoins jugés à nouveau : 0."
    assert db.session.scalar(select(func.count()).select_from(Match)) == 1


def test_needs_that_are_not_open_wait_for_nothing(rematch, make):
    make.need(state=NeedState.WITHDRAWN)
    assert rematch("--all") == "Besoins jugés à nouveau : 0."
