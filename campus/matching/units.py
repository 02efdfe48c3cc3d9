"""Shares, means and bands in whole numbers, so that the judge and the index count the same to the last digit.

A share is in ten-thousandths: 0 to WHOLE. Every function takes whole numbers or numpy arrays of them alike.
"""

from typing import Any

WHOLE = 10_000
UNKNOWN_LOW, UNKNOWN_HIGH = 4, 1


def share(reached: Any, required: Any, factor: Any = WHOLE) -> Any:
    """Give factor x min(reached, required) / required in ten-thousandths, halves rounded up.

    Levels go from 0 (reached) or 1 (required) to 4; `factor` is in ten-thousandths. A required level that is
    not known may be UNKNOWN_LOW (which gives the lowest share) or UNKNOWN_HIGH (the highest).
    """
    least = reached + (required - reached) * (required < reached)
    return (2 * factor * least + required) // (2 * required)


def mean(total: Any, count: int) -> Any:
    """Give the mean of `count` shares that add up to `total`, in ten-thousandths, halves rounded up; 0 of none."""
    return (2 * total + count) // (2 * count) if count else total * 0


def band(part: Any, bands: int) -> Any:
    """Cut a share in ten-thousandths into the band it fills: 0 to `bands`."""
    return part * bands // WHOLE


def likeness(common: Any, one: Any, other: Any) -> Any:
    """Give Dice's coefficient of two sets in hundredths, halves rounded up: 0 (also when either is empty) to 100.

    `one` and `other` are the sizes of the sets, `common` that of what they share.
    """
    both = one + other
    return (400 * common + both) // (2 * both + (both == 0))
