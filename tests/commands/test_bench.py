"""`campus bench`, on the small demo."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from campus import db
from campus.cli import cli
from campus.models import AccountSession


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory):
    """The small demo, loaded once for the file: a bench leaves it as it was."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPUS_DEMO", "1")
        patch.setenv("CAMPUS_DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('bench') / 'bench.sqlite'}")
        assert invoke("demo", "--only-load").exit_code == 0
        yield


@pytest.fixture
def run(small_demo):
    """Run a command as the shell would, on the small demo."""
    return invoke


def invoke(*arguments):
    try:
        return CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)
    finally:
        db.close()
        db.engine().dispose()


def test_the_bench_opens_every_main_page_and_leaves_no_session_open(run):
    said = json.loads(run("bench", "--runs", "1", "--json").stdout)
    assert len(said["pages"]) == 43
    assert {page["page"]: page["status"] for page in said["pages"] if page["status"] != 200} == {}
    still_open = select(func.count()).select_from(AccountSession).where(AccountSession.ended_at.is_(None))
    assert db.session.scalar(still_open) == 0
    db.close()


def test_the_bench_prints_a_line_per_page_of_those_that_are_asked_for(run):
    lines = run("bench", "--runs", "1", "--only", "observateurs : demande").stdout.splitlines()
    named = [line.split("  ")[0] for line in lines if " 200 " in line]
    assert named == ["page nue (SELECT 1)", "observateurs : demande", "observateurs : demande, bassins"]
