"""The days from one step to the next counted again from raw rows, by counting who has come within how many days."""

from __future__ import annotations

import itertools
from collections import defaultdict
from zoneinfo import ZoneInfo

from tests.reports.recount import LEDGER, WAY, post_steps, rows

PARIS = ZoneInfo("Europe/Paris")
DECLARED = "SELECT * FROM commitments WHERE step = 'declared' AND withdraws_id IS NULL AND need_id IS NOT NULL"
FROM = {"seats": "reserved", "enrolled": "enrolled", "completed": "completed", "hired": "hired", "stayed": "stayed"}
STEPS = ("declared", *FROM)
LEGS = [*itertools.pairwise(STEPS), ("declared", "hired")]


def legs(until, year=""):
    """Give, for each leg, how many posts have gone it, the middle day, and those at a quarter from either end."""
    first = {}
    for each in rows(DECLARED, until):
        day = each["at"].astimezone(PARIS).date()
        first[each["need_id"]] = min(day, first.get(each["need_id"], day))
    ledger = defaultdict(list)
    for each in rows(LEDGER, until):
        ledger[each["need_id"], each["need_post_id"]].append(each)
    known = [
        {"declared": first[need], **_reached(sorted(lines, key=lambda each: each["number"]), until)}
        for (need, _post), lines in ledger.items()
        if need in first and str(first[need]).startswith(year)
    ]
    return {(start, end): told(start, end, known) for start, end in LEGS}


def _reached(lines, until):
    """Give the day of the first line that is at a step or further, for the steps on which the post stands."""
    stands, found = post_steps(lines, until), {}
    for step, kind in FROM.items():
        if stands[step]:
            further = WAY[WAY.index(kind) :]
            found[step] = next(each["at"] for each in lines if each["kind"] in further).astimezone(PARIS).date()
    return found


def told(start, end, posts):
    """Give how many posts have gone one leg, the middle of their days, and those at a quarter from either end."""
    days = [(each[end] - each[start]).days for each in posts if start in each and end in each]
    if not days:
        return (0, None, None, None)
    return (len(days), _within(days, 2), _within(days, 4), -_within([-day for day in days], 4))


def _within(days, part):
    """Give the fewest days in which at least one post in so many has come."""
    return next(most for most in sorted(days) if part * sum(day <= most for day in days) >= len(days))
