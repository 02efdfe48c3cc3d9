"""The order of matches in two whole numbers, for many courses or needs at once; the order itself is the judge's."""

from __future__ import annotations

from typing import Any, NamedTuple

from campus.matching.ragged import Ints
from campus.matching.units import WHOLE, band, mean
from campus.matching.values import Rules

MOST_BANDS = 15
MOST_SKILLS = 127
KIND_BITS, SHARE_BITS = 3, 14
WEAKEST = (1 << KIND_BITS) - 1
SHARE_MASK = (1 << SHARE_BITS) - 1
SLACK_BITS = 23
CLOSED_AT, WORDS_BITS, REST_BITS = 28, 4, 3 + SLACK_BITS
LAST = (1 << 63) - 1  # ranks after any key
MOST_SLACK = 1 << (SLACK_BITS - 1)


def strength(high: Any, low: Any, kind: Any) -> Any:
    """Pack a claim so that the stronger is the larger: best hope, then best certainty, then the closest kind.

    Shares are in ten-thousandths, `kind` is the precedence of a closeness; no claim at all is 0.
    """
    return (((high << SHARE_BITS) | low) << KIND_BITS) | (WEAKEST - kind)


class Merits(NamedTuple):
    """What the claims on each needed skill come to: of one pair of a need and a course, or of many (arrays)."""

    met: Any
    low: Any
    high: Any
    missing: Any
    desired: Any


def merits(claims: Ints, essential: Any, rules: Rules) -> Merits:
    """Count and band the claims (pairs x needed skills), essential and desired skills apart."""
    high, low = claims >> (SHARE_BITS + KIND_BITS), (claims >> KIND_BITS) & SHARE_MASK
    same = (claims & WEAKEST) == WEAKEST
    count, others = int(essential.sum()), int((~essential).sum())
    return Merits(
        met=((low == WHOLE) & same)[:, essential].sum(axis=1),
        low=band(mean(low[:, essential].sum(axis=1), count), rules.band),
        high=band(mean(high[:, essential].sum(axis=1), count), rules.band),
        missing=(high == 0)[:, essential].sum(axis=1),
        desired=band(mean(low[:, ~essential].sum(axis=1), others), rules.band),
    )


def before_words(closed: Any, merit: Merits, occupation: Any) -> Any:
    """Pack what ranks before wording: closed gates, merits, closeness of occupation; the smaller the better."""
    key = closed << 7 | (MOST_SKILLS - merit.met)
    key = key << 4 | (MOST_BANDS - merit.low)
    key = key << 4 | (MOST_BANDS - merit.high)
    key = key << 7 | merit.missing
    key = key << 4 | (MOST_BANDS - merit.desired)
    return key << 2 | occupation


def with_words(key: Any, wording: Any) -> Any:
    """Add the band of wording to `before_words`."""
    return key << 4 | (MOST_BANDS - wording)


def with_rest(key: Any, unknown: Any, slack: Any) -> Any:
    """Complete `with_words` by the unknown gates and the slack as it ranks: days beyond the latest date."""
    return (key << 3 | unknown) << SLACK_BITS | (slack + MOST_SLACK)


def with_closed(key: Any, closed: Any) -> Any:
    """Put another count of closed gates into a key that goes as far as words."""
    return (key & (1 << CLOSED_AT + WORDS_BITS) - 1) | closed << CLOSED_AT + WORDS_BITS


def without_words(key: Any) -> Any:
    """Cut a whole key down to what ranks before wording."""
    return key >> WORDS_BITS + REST_BITS


def without_rest(key: Any) -> Any:
    """Cut a whole key down to what ranks up to wording."""
    return key >> REST_BITS
