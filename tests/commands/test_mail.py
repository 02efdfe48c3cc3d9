"""`campus mail`, on a database of its own."""

import shutil

import pytest
from click.testing import CliRunner

from campus import db
from campus.cli import cli
from campus.mailer import NoMailServer
from tests import make


@pytest.fixture
def run(databases, tmp_path, monkeypatch):
    """Run a command as the shell would, on a file of its own."""
    databases.engine("sqlite").dispose()
    shutil.copy(databases.file, tmp_path / "mail.sqlite")
    address = f"sqlite:///{tmp_path / 'mail.sqlite'}"
    monkeypatch.setenv("CAMPUS_DATABASE_URL", address)
    monkeypatch.delenv("CAMPUS_SMTP_URL", raising=False)
    db.configure(address)
    yield invoke
    db.session.remove()
    db.engine().dispose()


def invoke(*arguments):
    try:
        return CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)
    finally:
        db.session.remove()
        db.engine().dispose()


def test_the_mails_are_listed_with_their_text(run):
    make.mail(subject="Accès accordé", recipient="a@exemple.fr", text="Bonjour.\n")
    said = run("mail", "list", "--full").output
    assert "à envoyer   a@exemple.fr  Accès accordé" in said
    assert "    Bonjour." in said


def test_without_a_server_nothing_is_tried_and_the_message_says_what_to_set(run):
    make.mail()
    with pytest.raises(NoMailServer, match="CAMPUS_SMTP_URL"):
        run("mail", "send")
