"""Storing the indexes of the referential in the file where processes find them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campus.matching.stored import pack
from campus.queries.index_files import index_file, stamp, stored_indexes
from campus.queries.understanding import Referential


def store_indexes() -> Path | None:
    """Make the indexes of the referential and store them, unless the file holds them; nowhere for a database in memory.

    Of several processes that ask at once one makes them, and the others wait for it. A process that has the old
    file open keeps it.
    """
    path = index_file()
    if path is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path.with_suffix(".lock")):
        if stored_indexes() is None:
            made_from = stamp()
            _write(path, made_from, indexes=Referential().make_every_index())
    return path


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _write(path: Path, made_from: str, *, indexes: object) -> None:
    """Write beside the file, then put the new one in its place: nobody ever reads a half."""
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.writelines(pack(indexes, made_from))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
