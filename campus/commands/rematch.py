"""`campus rematch`: judge the needs again whose answer was made by other rules."""

from __future__ import annotations

import click

from campus import db
from campus.config import read_settings
from campus.queries.matches import published_needs, stale_needs
from campus.services.matches import match_all

AT_ONCE = 100


@click.command()
@click.option("--all", "every", is_flag=True, help="Tous les besoins publiés, même ceux dont la réponse est à jour.")
def rematch(every: bool) -> None:
    """Judge again the published needs whose answer was made by other rules or another referential.

    Run it after an upgrade. Pages go on answering meanwhile; what is judged stays when it is stopped.
    """
    db.configure(read_settings().database_url)
    with db.transaction():
        needs = published_needs() if every else stale_needs()
    with click.progressbar(length=len(needs), label="Rapprochements", width=30) as bar:
        for start in range(0, len(needs), AT_ONCE):
            part = needs[start : start + AT_ONCE]
            with db.transaction():
                match_all(part)
            bar.update(len(part))
    click.echo(f"Besoins jugés à nouveau : {len(needs)}.")
