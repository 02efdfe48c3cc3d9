"""The commands: `campus --help`."""

from __future__ import annotations

import sys

import click
from sqlalchemy.exc import DBAPIError

from campus import db, schema
from campus.commands.bench import bench
from campus.commands.demo import demo
from campus.commands.docs import docs
from campus.commands.evaluate import evaluate
from campus.commands.importing import importing
from campus.commands.index import index
from campus.commands.learn import learn_weights
from campus.commands.mail import mail
from campus.commands.match import match
from campus.commands.rematch import rematch
from campus.commands.serving import serve
from campus.commands.working import tick, worker
from campus.config import read_settings
from campus.errors import Refused


@click.group()
def cli() -> None:
    """Run Campus, the service that links industrial needs to training."""


cli.add_command(importing)
cli.add_command(mail)
cli.add_command(demo)
cli.add_command(bench)
cli.add_command(serve)
cli.add_command(match)
cli.add_command(evaluate)
cli.add_command(learn_weights)
cli.add_command(tick)
cli.add_command(worker)
cli.add_command(docs)
cli.add_command(index)
cli.add_command(rematch)


@cli.command()
def migrate() -> None:
    """Bring the database to the current schema."""
    db.configure(read_settings().database_url)
    schema.upgrade()
    click.echo("La base est à jour.")


def main() -> None:
    """Run the command line; a refusal, or a database not yet migrated, is one line and exit code 2."""
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except Refused as refusal:
        click.echo(refusal.message, err=True)
        sys.exit(2)
    except DBAPIError:
        if schema.is_current():
            raise
        click.echo("La base n'a pas le schéma attendu : lancez d'abord « campus migrate ».", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
