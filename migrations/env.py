"""Run the migrations on the database that the settings name, or on the connection handed over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from campus import db
from campus.config import read_settings
from campus.models import Base


def run(connection: Connection) -> None:
    """Migrate over this connection; SQLite rebuilds tables (batch mode)."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    engine = db.make_engine(read_settings().database_url)
    try:
        with db.migrating(engine) as connection:
            run(connection)
    finally:
        engine.dispose()
