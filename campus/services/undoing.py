"""Taking back what was done to many people at once: for ten minutes, before anything of it takes effect."""

from __future__ import annotations

from datetime import timedelta

from campus.errors import Refused

UNDO_WITHIN = timedelta(minutes=10)


class UndoIsOver(Refused):
    """The ten minutes to take it back have gone by, or it was taken back already."""
