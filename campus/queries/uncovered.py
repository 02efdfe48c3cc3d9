"""What the judge's stored answers say that no course, nor all together, brings far enough: need by need, in memory."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from campus import changes, db
from campus.changes import Subject
from campus.models import ChangeKind, Need, NeedAnswer, Organisation
from campus.planning.creation import LACKS
from campus.planning.facts import Sheet
from campus.queries.demand_facts import COUNTED_NEEDS, DEADLINE
from campus.queries.firms import SIREN
from campus.queries.kept import Kept


def lacks() -> Sheet:
    """Give the open needs that lack something, with their skills and levels; the same object while nothing changes."""
    return _kept.now()


def warm_up() -> None:
    """Read it all before anybody asks, in a thread of its own."""
    _kept.warm_up()


def _read(ids: Collection[uuid.UUID] | None = None) -> Sheet:
    said = NeedAnswer.answer["uncovered"]
    query = (
        select(Need.id, SIREN, Need.posts, DEADLINE, Need.occupation_id, said)
        .join(Organisation, Organisation.id == Need.organisation_id)
        .join(NeedAnswer, NeedAnswer.need_id == Need.id)
        .where(Need.state.in_(COUNTED_NEEDS))
    )
    found = db.session.execute(query if ids is None else query.where(Need.id.in_(ids)))
    rows = [row for row in found if row[-1]]
    return Sheet.of(
        LACKS,
        [
            (key.bytes, firm.encode(), posts, day.toordinal() if day else 0, trade or 0)
            for key, firm, posts, day, trade, _said in rows
        ],
        skills=[_line(place, each) for place, row in enumerate(rows) for each in row[-1]],
    )


def _line(place: int, said: dict[str, Any]) -> tuple[int, int, int, int, bool]:
    return (place, said["skill_id"], said["required"] or 0, said["reached"], said["importance"] == "essential")


def _again(sheet: Sheet, subjects: Collection[Subject]) -> Sheet:
    ids = changes.ids_of(subjects, ChangeKind.NEED)
    if not ids:
        return sheet
    fresh = _read(ids)
    keys = [each.bytes for each in ids]
    return sheet if not (len(fresh.head) or _holds(sheet, keys)) else sheet.updated(keys, fresh)


def _holds(sheet: Sheet, keys: list[bytes]) -> bool:
    held = set(sheet.head["key"].tolist())
    return any(key.rstrip(b"\0") in held for key in keys)


_kept: Kept[Sheet] = Kept(_read, _again)
