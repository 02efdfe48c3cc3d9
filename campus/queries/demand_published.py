"""The demand as sponsors may read it: small figures hidden, and none of them to be worked out from the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import select

from campus import clock, db
from campus.models import Occupation
from campus.planning.facts import LEVELS, Numbers, columns_of
from campus.planning.quarters import Quarter, ends_of, quarters
from campus.queries.demand import Asked, By, DemandTable, demand_table, labels_of
from campus.queries.demand_facts import facts
from campus.queries.report_cube import FAMILY
from campus.reports.crossing import NOWHERE, Marks, Posted, hidden_areas
from campus.reports.hiding import FEWEST_FIRMS, FEWEST_POSTS


@dataclass(frozen=True)
class PublishedRow:
    """An occupation, a family or an area: posts by quarter (None: hidden), seats, and where posts leave some out."""

    key: int | str
    label: str
    posts: tuple[int | None, ...]
    seats: tuple[int, ...]
    partial: tuple[bool, ...]


def published_demand(by: By, *, today: date | None = None) -> tuple[tuple[Quarter, ...], list[PublishedRow]]:
    """Give the columns and the rows that may be published, in the order of their labels."""
    day = today or clock.today()
    occupations = demand_table(Asked(By.OCCUPATION), today=day)
    if by is By.FAMILY:
        rows = _families(occupations, demand_table(Asked(By.FAMILY), today=day))
    elif by is By.AREA:
        rows = _areas(occupations, demand_table(Asked(By.AREA), today=day), day)
    else:
        hidden = _small(occupations)
        rows = _rows(occupations, occupations.posts, hidden, partial=np.zeros_like(hidden))
    return quarters(day), sorted(rows, key=lambda row: row.label)


def _small(table: DemandTable) -> Marks:
    """Tell which figures have too few posts or firms behind them: shape (lines, columns)."""
    assert table.firms is not None  # noqa: S101 (only asked by occupation, family or area)
    few_posts, few_firms = table.posts < FEWEST_POSTS, table.firms < FEWEST_FIRMS
    return np.asarray(((table.posts > 0) & few_posts) | ((table.firms > 0) & few_firms))


def _rows(table: DemandTable, posts: Numbers, hidden: Marks, *, partial: Marks) -> list[PublishedRow]:
    keys = table.keys
    labels = labels_of(table.asked.by, keys)
    lines = zip(keys, posts.tolist(), hidden.tolist(), table.seats.tolist(), partial.tolist(), strict=True)
    return [
        PublishedRow(
            key,
            labels[key],
            tuple(None if away else count for count, away in zip(counts, hide, strict=True)),
            tuple(seats),
            tuple(part),
        )
        for key, counts, hide, seats, part in lines
    ]


def _families(occupations: DemandTable, families: DemandTable) -> list[PublishedRow]:
    """Add up what the table of occupations shows, and no more: nothing can be subtracted."""
    small, place = _small(occupations), {code: line for line, code in enumerate(families.keys)}
    family_of = dict(db.session.execute(select(Occupation.id, FAMILY).where(Occupation.id.in_(occupations.keys))).all())
    line = np.array([place[family_of[key]] for key in occupations.keys], int)
    shown, away = np.zeros_like(families.posts), np.zeros(families.posts.shape, bool)
    np.add.at(shown, line, np.where(small, 0, occupations.posts))
    np.logical_or.at(away, line, small)
    return _rows(families, shown, away & (shown == 0), partial=away & (shown > 0))


def _areas(occupations: DemandTable, areas: DemandTable, today: date) -> list[PublishedRow]:
    """Hide areas until nothing can be worked out beside the table of occupations."""
    head = facts().needs.head
    column, hidden = columns_of(head["day"], ends_of(quarters(today))), np.zeros(areas.posts.shape, bool)
    area = _places(areas.about, head["area"])
    trade = _places(occupations.about // LEVELS, head["occupation"])
    small = np.vstack([_small(occupations), np.ones(hidden.shape[1], bool)])
    for place in range(hidden.shape[1]):
        here = column == place
        loose = small[trade[here], place]
        posted = Posted(head["declared"][here].astype(np.int64), head["firm"][here], area[here], loose)
        hidden[:, place] = hidden_areas(posted, len(areas)) & (areas.posts[:, place] > 0)
    return _rows(areas, areas.posts, hidden, partial=np.zeros_like(hidden))


def _places(lines: Any, values: Any) -> Any:
    """Give the place of each value among the lines, NOWHERE for those that are not there."""
    if not len(lines):
        return np.full(len(values), NOWHERE)
    order = np.argsort(lines)
    near = order[np.minimum(np.searchsorted(lines, values, sorter=order), len(lines) - 1)]
    return np.where(lines[near] == values, near, NOWHERE)
