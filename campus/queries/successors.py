"""Which occupations may take the place of one that is no longer in force."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from campus import db
from campus.models import Occupation, ReferentialVersion

MOST_OF_FAMILY = 12


def successors_of(retired: Collection[Occupation]) -> Mapping[int, Sequence[Occupation]]:
    """List, by the key of each retired occupation, those that may follow it, the likeliest first.

    First come the sheets to which the publisher moved its job titles, as the report of the version says that retired
    it; then the others of the same parent, by their codes.
    """
    if not retired:
        return {}
    versions = {each.retired_in_id for each in retired}
    reports = db.session.execute(
        select(ReferentialVersion.id, ReferentialVersion.report).where(ReferentialVersion.id.in_(versions))
    )
    heirs = {
        (version, gone["code"]): [heir["code"] for heir in gone["heirs"]]
        for version, report in reports
        for gone in report.get("vanished", ())
    }
    codes = {code for each in heirs.values() for code in each}
    parents = {each.parent_code for each in retired}
    known = db.session.scalars(
        select(Occupation)
        .where(
            Occupation.retired_in_id.is_(None),
            Occupation.code.in_(codes) | Occupation.parent_code.in_(parents),
        )
        .order_by(Occupation.code)
    ).all()
    return {each.id: _in_order(each, heirs.get((each.retired_in_id, each.code), []), known) for each in retired}


def _in_order(gone: Occupation, heirs: Sequence[str], known: Sequence[Occupation]) -> list[Occupation]:
    by_code = {each.code: each for each in known}
    first = [by_code[code] for code in heirs if code in by_code]
    family = [each for each in known if each.parent_code == gone.parent_code and each not in first]
    return [*first, *family[:MOST_OF_FAMILY]]
