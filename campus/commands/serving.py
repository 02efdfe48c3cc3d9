"""`campus serve`: the development server."""

from __future__ import annotations

import click
from werkzeug.serving import run_simple

from campus import create_app


def serve_on(host: str, port: int) -> None:
    """Serve until stopped; production is gunicorn through wsgi.py."""
    run_simple(host, port, create_app(), threaded=True)


@click.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=5000)
def serve(host: str, port: int) -> None:
    """Serve for development; production is gunicorn through wsgi.py."""
    serve_on(host, port)
