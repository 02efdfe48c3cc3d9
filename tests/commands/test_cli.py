"""What every command says when it cannot begin."""

import sys

import pytest

from campus import db
from campus.cli import main


def test_a_database_without_its_tables_is_told_how_to_get_them(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CAMPUS_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    monkeypatch.setattr(sys, "argv", ["campus", "mail", "list"])
    with pytest.raises(SystemExit) as left:
        main()
    db.engine().dispose()
    assert left.value.code == 2
    assert "campus migrate" in capsys.readouterr().err
