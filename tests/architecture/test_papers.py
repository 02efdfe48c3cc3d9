"""The papers name only commands that exist.

Run by its name, `pytest tests/architecture/papers.py`, until the commands are all there; then it is test_papers.py.
"""

import re

from campus.cli import cli
from tests.architecture.code import ROOT, files

NAMED = re.compile(r"(?:`|bin/)campus ([a-z]+(?: [a-z]+\b)?)")


def test_the_commands_that_the_papers_name_are_there():
    papers = [ROOT / "README.md", *files("*.md", "docs")]
    named = {tuple(found.split()) for paper in papers for found in NAMED.findall(paper.read_text(encoding="utf-8"))}
    assert named
    assert not [" ".join(words) for words in sorted(named) if not _is_command(words)]


def _is_command(words):
    command = cli.commands.get(words[0])
    if command is None or not hasattr(command, "commands"):
        return command is not None
    return len(words) == 1 or words[1] in command.commands
