"""`campus docs`: the pages of docs/ that are written from the code."""

from __future__ import annotations

import click

from campus.config import ROOT
from campus.lifecycles.drawing import page


@click.group()
def docs() -> None:
    """Write the pages of docs/ that follow from the code."""


@docs.command()
def lifecycles() -> None:
    """Write docs/lifecycles.md from the tables in campus/lifecycles/."""
    path = ROOT / "docs" / "lifecycles.md"
    path.write_text(page(), encoding="utf-8")
    click.echo(f"Écrit : {path.relative_to(ROOT)}")
