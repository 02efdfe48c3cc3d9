"""The file where a process finds the indexes of the referential ready made, so that it need not make them.

Making them takes seconds and twice the memory that they take once made: a server lets another process do it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import mmap
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import select

from campus import db
from campus.config import ROOT
from campus.matching.stored import NotAnIndex, made_by, unpack
from campus.models import ReferentialVersion
from campus.queries.referentials import revision

INSTANCE = ROOT / "instance"
COMMAND = (sys.executable, "-m", "campus", "index")
LONGEST_S = 120
log = logging.getLogger(__name__)


def index_file() -> Path | None:
    """Place the file beside an embedded database, else in the instance folder; nowhere for one in memory."""
    url = db.engine().url
    embedded = url.get_backend_name() == "sqlite"
    if embedded and not url.database:
        return None
    folder = Path(str(url.database)).resolve().parent if embedded else INSTANCE
    digest = hashlib.sha256(url.render_as_string().encode()).hexdigest()
    return folder / f"referential-{digest[:12]}.index"


def stamp() -> str:
    """Say what an index is made from: this code, this database, the versions it holds and their last change."""
    columns = (ReferentialVersion.source, ReferentialVersion.version, ReferentialVersion.imported_at)
    versions = [list(map(str, row)) for row in db.session.execute(select(*columns).order_by(ReferentialVersion.id))]
    return json.dumps([made_by(), db.engine().url.render_as_string(), revision("referential"), versions])


def stored_indexes() -> dict[str, Any] | None:
    """Give the stored indexes by name, their arrays mapped from the file; None where there are none that hold."""
    path = index_file()
    if path is None or not path.is_file() or not path.stat().st_size:
        return None
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        found: dict[str, Any] = unpack(memoryview(mapped), stamp())
    except NotAnIndex:
        return None
    return found


def indexes_made_elsewhere() -> dict[str, Any] | None:
    """Let another process store the indexes, then give them; None where that failed, as the log says."""
    url = db.engine().url.render_as_string(hide_password=False)
    environ = {**os.environ, "CAMPUS_DATABASE_URL": url}
    try:
        subprocess.run(COMMAND, cwd=ROOT, env=environ, check=True, capture_output=True, timeout=LONGEST_S)  # noqa: S603 (the command is a constant)
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("the indexes are made in this process: %s", error)
        return None
    return stored_indexes()
