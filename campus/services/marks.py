"""Importing external marks: a file replaces the one of the same kind and day, whole; twice the same as once."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select

from campus import clock, db
from campus.exchange.marks import PUBLISHED, MarkRelease
from campus.models import Mark, MarkFile, MarkKind
from campus.services import audit, bulk
from campus.services.referential_rows import table_of


@dataclass(frozen=True, slots=True)
class MarksImport:
    """What an import did: the file now in force, how many lines it has, and whether anything had to change."""

    file: MarkFile
    lines: int
    changed: bool


def import_marks(release: MarkRelease, *, source: str = "", publisher: str = "") -> MarksImport:
    """Write a file of marks with its source, its publisher and its day, in the caller's transaction."""
    said = PUBLISHED[release.kind]
    values = {"source": source or said[0], "publisher": publisher or said[1], "name": release.name}
    digest = hashlib.sha256(repr((values, release.lines)).encode()).hexdigest()
    kind = MarkKind(release.kind)
    file = db.session.scalar(select(MarkFile).where(MarkFile.kind == kind, MarkFile.as_of == release.as_of))
    if file is not None and file.digest == digest:
        return MarksImport(file, len(release.lines), changed=False)
    if file is None:
        file = MarkFile(kind=kind, as_of=release.as_of)
        db.session.add(file)
    for name, value in {**values, "digest": digest, "imported_at": clock.now()}.items():
        setattr(file, name, value)
    db.session.flush()
    db.session.execute(delete(Mark).where(Mark.file_id == file.id))
    bulk.add(table_of(Mark), [{"file_id": file.id, **asdict(line)} for line in release.lines])
    audit.record(None, "marks.imported", file, source=file.source, as_of=file.as_of, lines=len(release.lines))
    return MarksImport(file, len(release.lines), changed=True)
