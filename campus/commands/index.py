"""`campus index`: make the indexes of the referential once, for all the processes that read words with it."""

from __future__ import annotations

import click

from campus import db
from campus.config import read_settings
from campus.services.indexes import store_indexes


@click.command()
def index() -> None:
    """Store the indexes by which job titles, adverts and skills are understood, in a file beside the database.

    Run it after an import. A server that finds no file, or one of another referential, has it made by itself.
    """
    db.configure(read_settings().database_url)
    db.begin_writing(False)
    try:
        tell(store_indexes())
    finally:
        db.close()


def tell(path: object) -> None:
    """Say where the file is."""
    click.echo(f"Index du référentiel : {path}." if path else "Une base en mémoire n'a pas d'index à garder.")
