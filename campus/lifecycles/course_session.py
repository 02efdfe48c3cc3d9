"""A course session. Full is no state of its own: it is read off the seats, and changes with every one of them."""

from __future__ import annotations

from campus.lifecycles.machine import NEW, Machine
from campus.lifecycles.machine import Transition as Row

STAFF = ("staff",)

COURSE_SESSION = Machine(
    "course_sessions",
    "Session",
    ("preparation", "open", "confirmed", "running", "finished", "closed", "postponed", "cancelled"),
    (
        Row((NEW,), "add", "preparation", STAFF, audit="session_added"),
        Row(("preparation", "postponed"), "open", "open", STAFF, "course_is_published", audit="session_open"),
        Row(("open",), "confirm", "confirmed", STAFF, audit="session_confirmed"),
        Row(
            ("preparation", "open", "confirmed", "running", "finished", "postponed"),
            "close",
            "closed",
            STAFF,
            "last_day_is_past",
            audit="session_closed",
        ),
        Row(
            ("preparation", "open", "confirmed", "running", "postponed"),
            "cancel",
            "cancelled",
            STAFF,
            "nobody_holds_or_waits",
            audit="session_cancelled",
        ),
    ),
)
