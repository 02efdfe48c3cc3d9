"""The map of courses as sponsors may read it: no figure that the published demand hides can be worked out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from campus.queries.demand import By, DemandRow, Step, demand
from campus.queries.demand_facts import facts
from campus.queries.demand_published import published_demand
from campus.queries.dossiers import needs_by_occupation
from campus.reports.hiding import small


@dataclass(frozen=True)
class Trade:
    """A trade of the map: its needs, posts, committed posts, seats and gap; None for a hidden figure.

    Where some quarters hide their posts, `at_least` adds up the others.
    """

    key: int
    label: str
    needs: int | None
    posts: int | None
    committed: int | None
    seats: int
    gap: int | None
    at_least: int = 0


def every_trade() -> list[Trade]:
    """Tell all figures of each trade, the largest gap first."""
    needs = needs_by_occupation()
    return [_whole(row, needs.get(int(row.key), 0)) for row in demand(By.OCCUPATION)]


def _whole(row: DemandRow, needs: int) -> Trade:
    committed = row.steps[Step.COMMITTED]
    return Trade(int(row.key), row.label, needs, row.total_posts, committed, row.total_seats, row.gap)


def published_trades() -> list[Trade]:
    """Tell what may be published: the largest gap that is shown first, then the others by their labels.

    Posts are the sum of those published by quarter, so they are told whole only where no quarter is hidden; needs, gap
    and committed posts, which would give a hidden quarter away, are told with them or not at all.
    """
    _columns, rows = published_demand(By.OCCUPATION)
    shown, firms = {row.key: row.posts for row in rows}, _firms_committed()
    told = [_published(each, shown.get(each.key, (None,)), firms[each.key]) for each in every_trade()]
    return sorted(told, key=lambda each: (each.gap is None, -(each.gap or 0), each.label))


def _published(trade: Trade, shown: Sequence[int | None], firms: int) -> Trade:
    known = [posts for posts in shown if posts is not None]
    if len(known) < len(shown):
        return Trade(trade.key, trade.label, None, None, None, trade.seats, None, sum(known))
    committed = None if small(trade.committed or 0, firms) else trade.committed
    return Trade(trade.key, trade.label, trade.needs, trade.posts, committed, trade.seats, trade.gap)


def _firms_committed() -> Counter[int]:
    """Count the firms with a committed post of each trade."""
    head = facts().needs.head
    head = head[(head["occupation"] > 0) & (head["committed"] > 0)]
    return Counter(np.unique(head[["occupation", "firm"]])["occupation"].tolist())
