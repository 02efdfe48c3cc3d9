"""What the compiled search is given: the arrays of a store and of one need, by name."""

from __future__ import annotations

from typing import Any, NamedTuple

from campus.matching.course_store import CourseStore
from campus.matching.linked_need import LinkedNeed
from campus.matching.session_board import latest_of


class Lists(NamedTuple):
    """Lists of different lengths: where each begins, how long it is, and one or two columns."""

    start: Any
    size: Any
    what: Any
    more: Any


class Dates(NamedTuple):
    """The sessions by course, and what stands beside a course."""

    first: Any
    size: Any
    session: Any
    until: Any
    opens: Any
    asks: Any


class Shelf(NamedTuple):
    """The courses."""

    teaching: Lists
    taught: Lists
    leads: Lists
    led: Lists
    titles: Lists
    dates: Dates
    high: Any
    low: Any


class Asked(NamedTuple):
    """One need, as `LinkedNeed` explains it; `far` gives the verdict on distance by place."""

    skills: Any
    least: Any
    most: Any
    essential: Any
    taught: Any
    first: Any
    count: Any
    way: Any
    slot: Any
    hope: Any
    sure: Any
    trades: tuple[int, int]
    grams: Any
    far: Any


class Terms(NamedTuple):
    """The numbers of one question: days as ordinals (latest NEVER - 1: not known), how many to give, bands."""

    latest: int
    dated: bool
    margin: int
    today: int
    limit: int
    bands: int
    essential: int
    desired: int


def shelf_of(store: CourseStore) -> Shelf:
    """Name the arrays of a store."""
    sessions, board = store.board.sessions, store.board
    return Shelf(
        teaching=_lists(store.teaching, "course", "levels"),
        taught=_lists(store.taught, "skill", "levels"),
        leads=_lists(store.leads, "trade", "trade"),
        led=_lists(store.led, "course", "course"),
        titles=_lists(store.titles, "gram", "gram"),
        dates=Dates(
            first=sessions.start,
            size=sessions.size,
            session=sessions.columns["session"],
            until=board.certified_until,
            opens=board.opens,
            asks=board.asks_entry,
        ),
        high=store.ids.high,
        low=store.ids.low,
    )


def _lists(lists: Any, what: str, more: str) -> Lists:
    return Lists(lists.start, lists.size, lists.columns[what], lists.columns[more])


def asked_of(store: CourseStore, need: LinkedNeed) -> Asked:
    """Name the arrays of a need."""
    return Asked(
        skills=need.skills,
        least=need.least,
        most=need.most,
        essential=need.essential,
        taught=need.taught,
        first=need.first,
        count=need.count,
        way=need.way,
        slot=need.slot,
        hope=need.hope,
        sure=need.sure,
        trades=(need.occupation, need.parent),
        grams=need.grams,
        far=store.board.far(need.view),
    )


def terms_of(store: CourseStore, need: LinkedNeed, limit: int) -> Terms:
    """Give the numbers of a question."""
    view, essential = need.view, int(need.essential.sum())
    return Terms(
        latest=latest_of(view),
        dated=view.latest is not None,
        margin=store.rules.hiring_margin_days,
        today=store.board.today,
        limit=limit,
        bands=store.rules.band,
        essential=essential,
        desired=len(need.skills) - essential,
    )
