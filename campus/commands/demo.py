"""`campus demo`: a campus to try everything on, ready in seconds."""

from __future__ import annotations

import os
import socket
import time
from contextlib import ExitStack
from typing import Any

import click
from sqlalchemy import select

from campus import db, schema
from campus.commands.serving import serve_on
from campus.config import read_settings
from campus.demo import content, large, load
from campus.models import Need

FIRST_PORT, PORTS = 5000, 50
HOST = "127.0.0.1"
FIRST_GENERATED = "G-000001"


@click.command()
@click.option("--port", default=FIRST_PORT, show_default=True, help="Premier port à essayer.")
@click.option("--only-load/--serve", default=None, help="Charge sans servir (d'office avec --size large), ou sert.")
@click.option("--size", type=click.Choice(["small", "large"]), default="small", show_default=True)
@click.option("--factor", default=1.0, type=click.FloatRange(min=0, min_open=True), help="Part du grand campus.")
def demo(port: int, only_load: bool | None, size: str, factor: float) -> None:
    """Migrate, load the demo campus once, and serve it on this machine."""
    os.environ["CAMPUS_DEMO"] = "1"
    settings = read_settings()
    db.configure(settings.database_url)
    schema.upgrade()
    with db.transaction():
        if load.is_empty():
            load.load(say=click.echo)
    if size == "large":
        enlarge(large.Size().times(factor))
    if size == "large" if only_load is None else only_load:
        return
    free = free_port(port)
    introduce(free)
    os.environ["CAMPUS_BASE_URL"] = f"http://{HOST}:{free}"
    serve_on(HOST, free)


def enlarge(size: large.Size) -> None:
    """Generate the large campus beside the small one, once."""
    with db.transaction():
        if db.session.scalar(select(Need.id).where(Need.reference == FIRST_GENERATED)) is not None:
            click.echo("Le grand campus est déjà là : rien n'a été ajouté.")
            return
        started = time.monotonic()
        with ExitStack() as bars:
            large.generate(size, Bars(bars))
    click.echo(f"Le grand campus est prêt, en {time.monotonic() - started:.0f} s. Mesurez ses pages : campus bench")


class Bars:
    """Shows one progress bar after the other, each under the name of what is being made."""

    def __init__(self, shown: ExitStack) -> None:
        self._shown, self._name = shown, ""
        self._bar: Any = None

    def __call__(self, name: str, done: int, total: int) -> None:
        """Say how far something has come; a name not seen before ends the bar of the one before."""
        if name != self._name:
            self._shown.close()
            self._name = name
            self._bar = self._shown.enter_context(click.progressbar(length=total, label=f"{name:<24}", width=30))
        self._bar.update(done - self._bar.pos)


def free_port(first: int) -> int:
    """Find the first port from here on that nobody uses."""
    for port in range(first, first + PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise click.ClickException(f"Aucun port libre entre {first} et {first + PORTS - 1} : donnez-en un avec --port.")


def introduce(port: int) -> None:
    """Say where the demo is, who can sign in, and how to stop and reset it."""
    click.echo(f"\nCampus est prêt : http://{HOST}:{port}\n\nComptes (mot de passe : {content.PASSWORD})")
    shown = set()
    for person in content.PEOPLE:
        if person.role not in shown:
            shown.add(person.role)
            click.echo(f"  {ROLES[person.role]:<12} {person.email}")
    click.echo(
        "\nArrêter : Ctrl+C. Repartir de zéro : make reset (ou supprimez le dossier instance/), puis make demo.\n"
    )


ROLES = {
    "employer": "entreprise",
    "trainee": "stagiaire",
    "staff": "équipe",
    "trainer": "formateur",
    "observer": "observateur",
}
