"""`campus worker` and `campus tick`: the work beside the site, and the clock's."""

from __future__ import annotations

import signal
import threading
from datetime import date, datetime, timedelta

import click

from campus import db
from campus.addresses import lead_to
from campus.config import Settings, read_settings
from campus.tasks import clockwork
from campus.tasks.jobs import run_due
from campus.tasks.worker import Worker


@click.command()
@click.option("--lease", default=60, show_default=True, help="Secondes après lesquelles un autre reprend la tâche.")
@click.option("--pause", default=1.0, show_default=True, help="Secondes d'attente quand il n'y a rien à faire.")
def worker(lease: int, pause: float) -> None:
    """Look at the clock, carry out jobs and send mails until asked to stop; several may run at once."""
    settings = prepare()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    if not settings.smtp_url:
        click.echo("Aucun serveur de messagerie (CAMPUS_SMTP_URL) : les messages attendent dans la boîte d'envoi.")
    click.echo("Au travail. Arrêter : Ctrl+C ou SIGTERM ; la tâche en cours est finie d'abord.")
    Worker(settings.smtp_url, timedelta(seconds=lease), pause).run(stop)
    click.echo("Arrêté.")


@click.command()
@click.option("--at", "day", type=click.DateTime(["%Y-%m-%d"]), help="Un jour à rejouer, de minuit à minuit.")
def tick(day: datetime | None) -> None:
    """Do what the clock asks for now, once; with --at, replay a day."""
    prepare()
    if day is not None:
        ran = clockwork.replay(date(day.year, day.month, day.day))
    else:
        clockwork.tick()
        ran = run_due()
    click.echo(f"Tâches faites : {ran.done}. À retenter ou à examiner : {ran.failed}.")


def prepare() -> Settings:
    """Open the database, and let the links of mails begin as the site's address does."""
    settings = read_settings()
    db.configure(settings.database_url)
    lead_to(settings.base_url)
    return settings
