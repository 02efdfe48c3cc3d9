"""The barest page there can be, which the others are measured against."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import Engine, text


def make_bare_app(engine: Engine) -> Flask:
    """Make an application of one page that asks the database for the figure one."""
    app = Flask("bare")

    def index() -> str:
        with engine.connect() as connection:
            return str(connection.scalar(text("SELECT 1")))

    app.add_url_rule("/", view_func=index)
    return app
