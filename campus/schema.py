"""Bring a database to the current schema, whatever its age."""

from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from campus import db
from campus.config import ROOT
from campus.models import Base


def alembic_config(connection: Connection | None = None) -> Config:
    """Point Alembic at our migrations, and at a connection when one is handed over."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(target: str = "head") -> None:
    """Migrate the configured database forward."""
    with db.migrating(db.engine()) as connection:
        command.upgrade(alembic_config(connection), target)


def downgrade(target: str = "base") -> None:
    """Migrate the configured database back."""
    with db.migrating(db.engine()) as connection:
        command.downgrade(alembic_config(connection), target)


def is_current() -> bool:
    """Tell whether the database has the schema that this code expects."""
    with db.engine().connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(alembic_config()).get_current_head()


def drift() -> list[object]:
    """List how the database differs from the models; empty when it does not."""
    with db.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))
