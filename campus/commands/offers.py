"""`campus offers`: what the clock does to seats that are offered."""

from __future__ import annotations

import click

from campus import db
from campus.config import read_settings
from campus.tasks import watch_offers


@click.group()
def offers() -> None:
    """Look after the seats that are offered."""


@offers.command()
def watch() -> None:
    """Remind those who have not answered, and pass on the seats whose time is over; every few minutes."""
    db.configure(read_settings().database_url)
    watched = watch_offers()
    click.echo(
        f"Délais dépassés : {watched.expired}. Rappels : {watched.reminded}. Réservations rendues : {watched.returned}."
    )
