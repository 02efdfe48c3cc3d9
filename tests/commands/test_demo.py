"""`campus demo --size large`, on a small scale."""

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from campus import db
from campus.cli import cli
from campus.models import Need


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPUS_DEMO", "1")
    monkeypatch.setenv("CAMPUS_DATABASE_URL", f"sqlite:///{tmp_path / 'large.sqlite'}")
    yield lambda *arguments: CliRunner().invoke(cli, ("demo", "--size", "large", *arguments), catch_exceptions=False)
    db.close()
    db.engine().dispose()


def test_the_large_campus_is_generated_once_with_its_progress(run):
    said = run("--factor", "0.004").output
    assert [name for name in ("Stagiaires", "Formations", "Besoins", "Rapprochements") if name not in said] == []
    assert "est déjà là" in run().output
    generated = select(func.count()).select_from(Need).where(Need.reference.startswith("G-"))
    assert db.session.scalar(generated) == 20
