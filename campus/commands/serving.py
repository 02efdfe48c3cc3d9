"""`campus serve`: the development server."""

from __future__ import annotations

import click
from werkzeug.serving import run_simple

from campus import create_app
from campus.config import read_settings
from campus.tasks.worker import Worker, beside


def serve_on(host: str, port: int) -> None:
    """Serve until stopped, a worker in a thread beside; production is gunicorn through wsgi.py and `campus worker`."""
    app = create_app()
    with beside(Worker(read_settings().smtp_url)):
        run_simple(host, port, app, threaded=True)


@click.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=5000)
def serve(host: str, port: int) -> None:
    """Serve for development; production is gunicorn through wsgi.py and `campus worker`."""
    serve_on(host, port)
