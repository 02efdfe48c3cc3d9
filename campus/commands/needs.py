"""`campus needs`: what the clock does to needs."""

from __future__ import annotations

import click

from campus import db
from campus.config import read_settings
from campus.tasks import watch_needs


@click.group()
def needs() -> None:
    """Look after the needs."""


@needs.command()
def watch() -> None:
    """Write to the firms whose needs are about to expire, and expire those whose 90 days are over; once a day."""
    db.configure(read_settings().database_url)
    click.echo(f"Besoins expirés : {watch_needs()}.")
