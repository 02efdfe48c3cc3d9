"""Questions to external marks. They are told beside our own figures, with their source and day, never added to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import Commune, Mark, MarkFile, Occupation
from campus.queries.demand import By
from campus.queries.report_cube import FAMILY

AMOUNT = func.sum(Mark.amount)
HIDDEN = func.count() - func.count(Mark.amount)
MOST = 12


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of something: its sum, and how many of its lines hide their figure."""

    file: MarkFile
    amount: int
    hidden: int


def mark_files() -> list[tuple[MarkFile, int]]:
    """List the files with their numbers of lines, the latest day first."""
    lines = select(func.count()).where(Mark.file_id == MarkFile.id).scalar_subquery()
    rows = db.session.execute(select(MarkFile, lines).order_by(MarkFile.as_of.desc(), MarkFile.kind))
    return [(file, count) for file, count in rows]


def file_by_id(file_id: int) -> MarkFile | None:
    """Find a file."""
    return db.session.get(MarkFile, file_id)


def lines_of(file: MarkFile, area: str, *, page: slice) -> tuple[Sequence[Mark], int]:
    """List lines of a file, of one area or all, the largest figure first; and count them all."""
    query = select(Mark).where(Mark.file_id == file.id)
    if area:
        query = query.where(Mark.area_code == area)
    total = db.session.scalar(query.with_only_columns(func.count())) or 0
    ordered = query.order_by(Mark.amount.is_(None), Mark.amount.desc(), Mark.trade_label, Mark.id)
    return db.session.scalars(ordered.offset(page.start).limit(page.stop - page.start)).all(), total


def areas_of(file: MarkFile) -> list[tuple[str, str]]:
    """List the areas of a file by name."""
    query = select(Mark.area_code, Mark.area_name).where(Mark.file_id == file.id).distinct()
    return [(code, name) for code, name in db.session.execute(query.order_by(Mark.area_name))]


def latest_files() -> list[MarkFile]:
    """Give the latest file of each kind."""
    newest = select(MarkFile.kind, func.max(MarkFile.as_of).label("day")).group_by(MarkFile.kind).subquery()
    same = (newest.c.kind == MarkFile.kind) & (newest.c.day == MarkFile.as_of)
    return list(db.session.scalars(select(MarkFile).join(newest, same).order_by(MarkFile.kind)))


def marks_beside(by: By, keys: Collection[Any], *, area: str = "") -> dict[Any, list[Told]]:
    """Tell, for each row of the demand, what the latest files say of it; nothing by skill.

    Offers are published by ROME 3 code, which is a family here: an occupation is told that of its family. Intentions
    have codes of their own and are told by area only.
    """
    if by is By.SKILL or not keys:
        return {}
    files = {file.id: file for file in latest_files()}
    if not files:
        return {}
    about, names = _about(by, keys)
    query = select(about, Mark.file_id, AMOUNT, HIDDEN).where(Mark.file_id.in_(files), about.in_(list(names)))
    if area:
        query = query.where(_in_area(area))
    found: dict[Any, list[Told]] = defaultdict(list)
    for name, file, amount, hidden in db.session.execute(query.group_by(about, Mark.file_id)):
        for key in names[name]:
            found[key].append(Told(files[file], int(amount or 0), hidden))
    return dict(found)


def _about(by: By, keys: Collection[Any]) -> tuple[Any, Mapping[str, list[Any]]]:
    """Say which column tells the rows apart, and which rows each of its values is about."""
    if by is By.AREA:
        return Mark.area_code, {key: [key] for key in keys}
    if by is By.FAMILY:
        return Mark.trade_code, {key: [key] for key in keys}
    names: dict[str, list[Any]] = defaultdict(list)
    for key, code in db.session.execute(select(Occupation.id, FAMILY).where(Occupation.id.in_(keys))):
        names[code].append(key)
    return Mark.trade_code, names


def _in_area(area: str) -> Any:
    """Keep an area by its code, or by its name where a publisher numbers areas its own way."""
    names = select(func.upper(Commune.area_name)).where(Commune.area_code == area)
    return or_(Mark.area_code == area, func.upper(Mark.area_name).in_(names))


def marks_of(by: By, key: Any, *, area: str = "") -> Sequence[Mark]:
    """List the lines of the latest files about one row of the demand, the largest figure first."""
    if by is By.SKILL:
        return []
    about, names = _about(by, [key])
    newest = [file.id for file in latest_files()]
    query: Select[tuple[Mark]] = select(Mark).where(Mark.file_id.in_(newest)).options(joinedload(Mark.file))
    query = query.where(_in_area(str(key)) if by is By.AREA else about.in_(list(names)))
    if area:
        query = query.where(_in_area(area))
    return db.session.scalars(query.order_by(Mark.amount.is_(None), Mark.amount.desc(), Mark.id).limit(MOST)).all()
