"""Which areas are hidden when posts are published both by occupation and by area. Pure.

Both tables add up to the same posts, so whoever subtracts what one shows from what the other shows knows something of
what both hide. Each of the two remainders (posts of hidden occupations or of none; posts of hidden areas or of none)
must therefore be empty, or itself large enough to be published. The table of occupations stands as it is; areas are
hidden, the smallest first, until both hold (tests/reports/test_crossing.py attacks the result by linear programming).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campus.reports.hiding import FEWEST_FIRMS, FEWEST_POSTS

NOWHERE = -1
Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Posted:
    """The needs of one quarter: posts, firm, area (NOWHERE if not known), whether its occupation is hidden."""

    posts: Numbers
    firms: NDArray[Any]
    areas: Numbers
    loose: Marks

    def enough(self, among: Marks) -> bool:
        """Tell whether what these needs add up to may be known."""
        posts = int(self.posts[among].sum())
        return posts == 0 or (posts >= FEWEST_POSTS and len(np.unique(self.firms[among])) >= FEWEST_FIRMS)


def hidden_areas(posted: Posted, count: int) -> Marks:
    """Tell for each of so many areas whether its posts are hidden."""
    sums = np.bincount(posted.areas[posted.areas >= 0], weights=posted.posts[posted.areas >= 0], minlength=count)
    hidden = np.array([not posted.enough(posted.areas == area) for area in range(count)], bool)
    if not posted.enough(posted.loose):
        return np.ones(count, bool)
    while not posted.enough(np.append(hidden, True)[posted.areas]):
        shown = np.flatnonzero(~hidden & (sums > 0))
        if not len(shown):
            break
        hidden[shown[np.argmin(sums[shown])]] = True
    return hidden
