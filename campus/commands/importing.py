"""`campus import`: reading the publishers' files into the database, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from campus import db
from campus.config import read_settings
from campus.exchange.communes import read_communes
from campus.exchange.marks import read_marks
from campus.exchange.rome import read_rome
from campus.services.marks import import_marks
from campus.services.referentials import Import, import_communes, import_referential

Progress = Callable[[int, int, str], None]
HALF = 100


@click.group("import")
def importing() -> None:
    """Import reference data from the publishers' files."""


@importing.command("rome")
@click.argument("path", type=click.Path(path_type=Path))
def rome(path: Path) -> None:
    """Import a version of ROME 4.0 from the zip archive or folder of CSV files of France Travail."""
    with progress_bar("Lecture") as (reading, writing):
        release = read_rome(path, reading)
        db.configure(read_settings().database_url)
        with db.transaction():
            done = import_referential(release, progress=writing)
    tell(done)


@importing.command("communes")
@click.argument("path", type=click.Path(path_type=Path))
def communes(path: Path) -> None:
    """Import communes with their postcodes, positions and employment areas from a CSV file."""
    read = read_communes(path)
    db.configure(read_settings().database_url)
    with db.transaction():
        done = import_communes(read)
    same = len(read) - done.added - done.changed - done.left_out
    click.echo(f"Communes : {done.added} ajoutées, {done.changed} corrigées, {same} inchangées.")
    if done.left_out:
        click.echo(f"{done.left_out} communes qui n'existent plus ont été laissées de côté.")


@importing.command("marks")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--source", default="", help="Nom de la source, si ce n'est pas celui du fichier connu.")
@click.option("--publisher", default="", help="Qui la publie.")
def marks(path: Path, source: str, publisher: str) -> None:
    """Import external marks from a CSV file: the yearly BMO survey, or open offers by employment area."""
    read = read_marks(path)
    db.configure(read_settings().database_url)
    with db.transaction():
        done = import_marks(read, source=source, publisher=publisher)
        said = f"{done.file.source}, {done.file.publisher}, {done.file.as_of:%d/%m/%Y}"
    state = f"{done.lines} lignes en place" if done.changed else "déjà en place, rien n'a changé"
    click.echo(f"Repères externes : {said} : {state}.")


@contextmanager
def progress_bar(label: str) -> Iterator[tuple[Progress, Progress]]:
    """Show one bar for two tasks, each of which tells its own progress."""
    with click.progressbar(length=2 * HALF, label=label, width=30, show_eta=False) as bar:
        yield half_of(bar, start=0), half_of(bar, start=HALF)


def half_of(bar: Any, *, start: int) -> Progress:
    """Make the progress of one task move one half of a bar."""

    def progress(done: int, total: int, what: str) -> None:
        bar.label = f"{what.capitalize():<13}" if what else bar.label
        bar.update(start + HALF * done // total - bar.pos)

    return progress


def tell(done: Import) -> None:
    """Say what the version holds and what changed with it."""
    version, counts = done.version, done.version.counts
    if not done.changed:
        click.echo(f"La version {version.version} du ROME est déjà en place : rien n'a changé.")
        return
    click.echo(
        f"ROME version {version.version} : {counts['occupations']} métiers, {counts['job_titles']} appellations, "
        f"{counts['skills']} compétences, {counts['knowledge']} savoirs, {counts['occupation_skills']} liens, "
        f"{counts['mobilities']} mobilités."
    )
    if version.report["previous"]:
        tell_changes(version.report)


def tell_changes(report: dict[str, Any]) -> None:
    """List what changed since the version before."""
    click.echo(f"Depuis la version {report['previous']} :")
    for row in report["vanished"]:
        click.echo(f"  disparu  {row['code']} {row['label']} {heirs(row)}")
    for row in report["split"]:
        click.echo(f"  scindé   {row['code']} {row['label']} {heirs(row)}")
    for row in report["renamed"]:
        click.echo(f"  renommé  {row['code']} {row['before']} -> {row['after']}")
    click.echo(f"  métiers nouveaux : {len(report['added'])}")
    click.echo(
        f"  compétences : {len(report['skills_added'])} nouvelles, {len(report['skills_vanished'])} disparues, "
        f"{len(report['skills_renamed'])} renommées"
    )


def heirs(row: dict[str, Any]) -> str:
    """Say which sheets took the job titles."""
    found = ", ".join(f"{heir['code']} ({heir['titles']} appellations)" for heir in row["heirs"])
    return f"-> {found}" if found else ""
