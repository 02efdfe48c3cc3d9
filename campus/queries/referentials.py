"""Questions about the versions of the referentials."""

from __future__ import annotations

from sqlalchemy import select

from campus import db
from campus.models import ReferentialVersion, Revision


def latest_version() -> ReferentialVersion | None:
    """Find the version imported last."""
    return db.session.scalar(select(ReferentialVersion).order_by(ReferentialVersion.id.desc()).limit(1))


def version_in_force() -> str:
    """Name the version imported last, for what is computed with it."""
    latest = latest_version()
    return f"{latest.source} {latest.version}" if latest else ""


def revision(name: str) -> int:
    """Give the number that grows with each change of what processes keep in memory under this name."""
    return db.session.scalar(select(Revision.number).where(Revision.name == name)) or 0
