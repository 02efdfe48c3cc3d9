"""A course session. Full is no state of its own: it is read off the seats, and changes with every one of them.

A machine may open a session by the rule that was announced; giving one up is always somebody's decision.
"""

from __future__ import annotations

from campus.lifecycles.machine import NEW, Machine
from campus.lifecycles.machine import Transition as Row

STAFF, SERVICE = "staff", "service"

COURSE_SESSION = Machine(
    "course_sessions",
    "Session",
    ("preparation", "open", "confirmed", "running", "finished", "closed", "postponed", "cancelled"),
    (
        Row((NEW,), "add", "preparation", (STAFF,), audit="session_added"),
        Row(
            ("preparation",),
            "open",
            "open",
            (STAFF,),
            "course_is_published",
            ("make_checklist",),
            audit="session_open",
        ),
        Row(
            ("postponed",),
            "reopen",
            "open",
            (STAFF,),
            "course_is_published",
            ("make_checklist", "offer_free_seats"),
            "reopened",
            "session_open",
        ),
        # Go: by the rule on the day that was announced, or by somebody who says why.
        Row(
            ("open",), "confirm", "confirmed", (STAFF, SERVICE), "rule_or_reason", (), "confirmed", "session_confirmed"
        ),
        Row(("confirmed",), "start", "running", (STAFF, SERVICE), "first_day_has_come", audit="session_running"),
        Row(
            ("running",),
            "finish",
            "finished",
            (STAFF, SERVICE),
            "last_day_is_past",
            ("settle_attendance", "issue_proofs"),
            "finished",
            "session_finished",
        ),
        Row(
            ("preparation", "open", "confirmed", "running", "finished", "postponed"),
            "close",
            "closed",
            (STAFF,),
            "last_day_is_past",
            ("issue_proofs",),
            audit="session_closed",
        ),
        Row(
            ("open", "confirmed"),
            "postpone",
            "postponed",
            (STAFF,),
            "reason",
            ("free_half_days",),
            "postponed",
            "session_postponed",
        ),
        # No go: everyone is told, and those who had a seat are offered the next session before anybody else.
        Row(
            ("preparation", "open", "confirmed", "running", "postponed"),
            "cancel",
            "cancelled",
            (STAFF,),
            "reason_when_people",
            ("free_half_days", "offer_next_session", "call_people_off", "return_reservations"),
            "cancelled",
            "session_cancelled",
        ),
    ),
)
