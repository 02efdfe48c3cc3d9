"""Which way things point."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.code import ROOT, files, imported, name

WEB_ONLY = {"flask", "wtforms", "flask_wtf", "flask_login", "flask_babel", "werkzeug", "jinja2", "whitenoise"}
# Where something of the web is needed below it, with the reason.
ALLOWED = {
    "campus/__init__.py": {"flask"},  # create_app
    "campus/commands/serving.py": {"werkzeug"},  # the development server
    "campus/letters.py": {"jinja2"},  # mails are written by services, outside of any request
}


def test_the_layers_hold():
    program = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout[said.stdout.find("\n\n") :]


def test_only_the_web_knows_the_web():
    strangers = {
        name(path): found
        for path in files("*.py", "campus")
        if not name(path).startswith("campus/web/")
        and (found := (imported(path) & WEB_ONLY) - ALLOWED.get(name(path), set()))
    }
    assert not strangers


def test_the_code_passes_the_linter():
    program = Path(sys.executable).with_name("ruff")
    command = [program, "check", "--no-cache", "--output-format=concise", "campus", "tests", "migrations", "wsgi.py"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


def test_the_recount_shares_nothing_with_what_it_counts_again():
    listed = files("recount*.py", "tests")
    asked = {
        line for path in listed for line in path.read_text().splitlines() if "campus" in line and "import " in line
    }
    assert len(listed) > 1
    assert asked == {"from campus import db"}
