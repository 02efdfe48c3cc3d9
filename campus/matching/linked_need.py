"""A need linked to numbers once, when it is written: its skills, all that counts for them, its title's trigrams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campus.matching.grams import Grams
from campus.matching.ragged import Ints, lengths
from campus.matching.skill_table import Kin, SkillTable
from campus.matching.standing_keys import KIND_BITS, MOST_SKILLS, strength
from campus.matching.trades import Trades
from campus.matching.units import UNKNOWN_HIGH, UNKNOWN_LOW, share
from campus.matching.values import HIGHEST_LEVEL, NeedView


@dataclass(frozen=True, slots=True)
class LinkedNeed:
    """One need in numbers.

    Needed skills: `skills` (numbers), `least` and `most` (the required level that gives the lowest and the
    highest share), `essential`. What counts for them, one entry each, by taught skill: `way`. Each way of
    counting has its `slot` (which needed skill), `kind` (precedence of the closeness), `factor`
    (ten-thousandths), and what a claim is worth by the level perhaps and surely reached (`hope`, `sure`).
    Entries of one skill stand together: `taught` (each skill once), `first`, `count`.
    """

    view: NeedView
    skills: Ints
    least: Ints
    most: Ints
    essential: NDArray[np.bool_]
    taught: Ints
    first: Ints
    count: Ints
    way: Ints
    slot: Ints
    kind: Ints
    factor: Ints
    hope: Ints
    sure: Ints
    occupation: int
    parent: int
    grams: Ints


def link(need: NeedView, table: SkillTable, *, trades: Trades, titles: Grams) -> LinkedNeed:
    """Link a need to the numbers of an index."""
    if len(need.skills) > MOST_SKILLS:
        raise ValueError(f"a need asks for at most {MOST_SKILLS} skills, not {len(need.skills)}")
    numbers = [table.learn(one.skill_id, one.label, one.macro_id) for one in need.skills]
    least = np.array([one.level or UNKNOWN_LOW for one in need.skills], dtype=np.int64)
    most = np.array([one.level or UNKNOWN_HIGH for one in need.skills], dtype=np.int64)
    return LinkedNeed(
        view=need,
        skills=np.array(numbers, dtype=np.int64),
        least=least,
        most=most,
        essential=np.array([one.essential for one in need.skills], dtype=np.bool_),
        **_ways([table.kin(number, need.occupation_id) for number in numbers], least, most),
        occupation=trades.occupation(need.occupation_id),
        parent=trades.parent(need.parent_occupation),
        grams=np.array(titles.of(need.title), dtype=np.int64),
    )


def _ways(kins: Sequence[Kin], least: Ints, most: Ints) -> dict[str, Ints]:
    """List what counts for each needed skill by taught skill, alike entries by their common way of counting."""
    none = np.zeros(0, dtype=np.int64)
    taught, kind, factor = (np.concatenate([none, *(kin[n] for kin in kins)]) for n in range(3))
    slot = np.repeat(np.arange(len(kins)), lengths([kin.taught for kin in kins]))
    ways, way = np.unique(np.stack([slot, kind, factor]), axis=1, return_inverse=True)
    order = np.argsort(taught, kind="stable")
    skills, first, count = np.unique(taught[order], return_index=True, return_counts=True)
    slot, kind, factor = (np.ascontiguousarray(row) for row in ways)
    levels = np.arange(HIGHEST_LEVEL + 1)
    high = share(levels, most[slot][:, None], factor[:, None])
    low = share(levels, least[slot][:, None], factor[:, None])
    return {
        "taught": skills,
        "first": first,
        "count": count,
        "way": way[order].astype(np.int16),
        "slot": slot,
        "kind": kind,
        "factor": factor,
        "hope": strength(high, 0, kind[:, None]),
        "sure": low << KIND_BITS,
    }
