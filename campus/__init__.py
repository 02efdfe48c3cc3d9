"""Campus: tells an industrial training campus what to teach, and proves that it worked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from campus.config import Settings

# Before numpy is read: its threads fight over small products (seven times the work on a busy machine), and how many
# there are changes the last digit of a product.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def create_app(settings: Settings | None = None) -> Flask:
    """Make the web application: settings, database, web."""
    from campus import db
    from campus.config import read_settings
    from campus.web import make_app

    chosen = settings or read_settings()
    db.configure(chosen.database_url)
    return make_app(chosen)
