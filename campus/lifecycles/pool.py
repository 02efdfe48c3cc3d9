"""A pool: needs of several firms put together to reach a session's minimum by a date, under a rule known in advance."""

from __future__ import annotations

from campus.lifecycles.machine import NEW, SAME, Machine
from campus.lifecycles.machine import Transition as Row

FIRM, STAFF, SERVICE = "firm", "staff", "service"
LIVING = ("open", "reached")

POOL = Machine(
    "pools",
    "Groupement",
    ("open", "reached", "planned", "closed"),
    (
        Row((NEW,), "compose", "open", (STAFF,), "deadline_ahead", ("invite",), "pool_invited", "pool_composed"),
        Row(LIVING, "invite", SAME, (STAFF,), "need_counts", (), "pool_invited", "pool_invited"),
        Row(LIVING, "join", SAME, (FIRM,), "before_the_deadline", ("weigh",), "pool_changed", "pool_joined"),
        Row(LIVING, "leave", SAME, (FIRM, SERVICE), "", ("weigh",), "pool_changed", "pool_left"),
        Row(("open",), "reach", "reached", (SERVICE,), "minimum", (), "pool_reached", "pool_reached"),
        Row(("reached",), "fall_back", "open", (SERVICE,), "below_minimum", (), "", "pool_fell_back"),
        Row(("open",), "put_off", SAME, (STAFF, SERVICE), "once", (), "pool_put_off", "pool_put_off"),
        Row(
            ("reached",),
            "plan",
            "planned",
            (STAFF, SERVICE),
            "minimum",
            ("add_session", "reserve_seats"),
            "pool_planned",
            "pool_planned",
        ),
        Row(LIVING, "close", "closed", (STAFF, SERVICE), "", (), "pool_closed", "pool_closed"),
    ),
)


def may_name(reader_agreed: bool, other_agreed: bool) -> bool:
    """Tell whether one firm of a pool may read the name and posts of another: only once both have agreed to it."""
    return reader_agreed and other_agreed
