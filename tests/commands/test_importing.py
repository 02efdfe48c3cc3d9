"""`campus import`, on a database of its own in which things are really committed."""

import os
import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from campus import db
from campus.cli import cli
from campus.exchange.refusals import FileRefused
from campus.models import Commune, Occupation
from tests.harness.databases import create_database, database_url, drop_database, migrated

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=BOTH)
def run(request, databases, tmp_path, monkeypatch):
    """Run a command as the shell would, on an empty database."""
    name = f"{databases.name}_commands"
    if request.param == "sqlite":
        databases.engine("sqlite").dispose()
        shutil.copy(databases.file, tmp_path / "commands.sqlite")
        address = f"sqlite:///{tmp_path / 'commands.sqlite'}"
    else:
        create_database(name)
        address = database_url(name)
        migrated(address).dispose()
    monkeypatch.setenv("CAMPUS_DATABASE_URL", address)
    yield invoke
    if request.param == "postgresql":
        drop_database(name)


def invoke(*arguments):
    try:
        return CliRunner().invoke(cli, arguments, standalone_mode=False)
    finally:
        db.close()
        db.engine().dispose()


@pytest.fixture
def published():
    return Path(os.environ["CAMPUS_SHARED"]) / "data"


def count(model) -> int:
    engine = db.make_engine(os.environ["CAMPUS_DATABASE_URL"])
    with engine.connect() as connection:
        counted = connection.scalar(select(func.count()).select_from(model))
    engine.dispose()
    return counted


@pytest.mark.parametrize(
    "run",
    ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.long])],
    indirect=True,
)
@pytest.mark.shared
@pytest.mark.slow
def test_the_published_rome_is_imported_in_less_than_30_seconds_of_work_and_only_once(run, published):
    started = time.process_time()
    first = run("import", "rome", str(published / "RefRomeCsv.zip"))
    assert time.process_time() - started < 30
    assert "ROME version 460 : 1584 métiers, 13120 appellations, 17810 compétences, 15354 savoirs" in first.output
    again = run("import", "rome", str(published / "RefRomeCsv.zip"))
    assert "La version 460 du ROME est déjà en place : rien n'a changé." in again.output
    assert count(Occupation) == 1_584


@pytest.mark.shared
def test_the_published_communes_are_imported(run, published):
    path = str(published / "territory" / "communes_28_et_voisins.csv")
    assert "2734 ajoutées, 0 corrigées, 0 inchangées" in run("import", "communes", path).output
    assert "0 ajoutées, 0 corrigées, 2734 inchangées" in run("import", "communes", path).output
    assert count(Commune) == 2_734


def test_a_refused_file_changes_nothing_and_says_why(run, tmp_path):
    path = tmp_path / "communes.csv"
    path.write_text("code_insee,nom\n28085,Chartres\n", encoding="utf-8")
    refused = run("import", "communes", str(path))
    assert isinstance(refused.exception, FileRefused)
    assert "colonne « codes_postaux »" in refused.exception.message
    assert count(Commune) == 0
