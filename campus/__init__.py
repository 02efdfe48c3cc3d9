"""Campus: tells an industrial training campus what to teach, and proves that it worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from campus.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Make the web application: settings, database, web."""
    from campus import db
    from campus.config import read_settings
    from campus.web import make_app

    chosen = settings or read_settings()
    db.configure(chosen.database_url)
    return make_app(chosen)
