"""`campus mail`: the outbox, read and sent."""

from __future__ import annotations

import click

from campus import clock, db
from campus.config import read_settings
from campus.exchange.delivery_report import Refusal, read_refusals
from campus.mailer import smtp_transport
from campus.models import MailState
from campus.queries.mails import mails_found
from campus.services.bounces import note_bounce
from campus.tasks.mails import send_due

WORDS = {MailState.QUEUED: "à envoyer", MailState.SENT: "envoyé", MailState.PARKED: "à examiner"}


@click.group()
def mail() -> None:
    """Read and send the mails of the outbox."""


@mail.command("list")
@click.option("--full", is_flag=True, help="Montrer aussi le texte.")
@click.option("--limit", default=20, show_default=True, help="Nombre de messages, les plus récents d'abord.")
def list_mails(full: bool, limit: int) -> None:
    """List the mails, the newest first."""
    db.configure(read_settings().database_url)
    with db.transaction():
        found = mails_found(limit=limit)
        if not found:
            click.echo("Aucun message.")
        for each in found:
            at = each.created_at.astimezone(clock.PARIS)
            click.echo(f"{at:%Y-%m-%d %H:%M}  {WORDS[each.state]:<10}  {each.recipient}  {each.subject}")
            if full:
                click.echo("\n" + "\n".join(f"    {line}" for line in each.text.splitlines()) + "\n")


@mail.command()
@click.option("--limit", default=500, show_default=True, help="Nombre de messages au plus.")
def send(limit: int) -> None:
    """Send the mails that are due through the server of CAMPUS_SMTP_URL; exit code 2 when it does not answer."""
    settings = read_settings()
    db.configure(settings.database_url)
    with smtp_transport(settings.smtp_url) as transport:
        done = send_due(transport, limit=limit)
    click.echo(f"Messages envoyés : {done.sent}. À retenter ou à examiner : {done.failed}.")


@mail.command()
@click.argument("address")
@click.argument("reason", default="")
def bounce(address: str, reason: str) -> None:
    """Note that ADDRESS refuses mail, and why; with -, read the report of a mail server on standard input."""
    db.configure(read_settings().database_url)
    refusals = [Refusal(address, reason)]
    if address == "-":
        refusals = read_refusals(click.get_binary_stream("stdin").read())
    elif not reason.strip():
        raise click.UsageError("Dites pourquoi l'adresse refuse les messages : campus mail bounce ADRESSE RAISON.")
    with db.transaction():
        for each in refusals:
            note_bounce(each.email, each.reason)
            click.echo(f"Adresse en erreur : {each.email} ({each.reason})")
    if not refusals:
        click.echo("Ce rapport ne signale aucun refus définitif : rien n'est noté.")
