"""An admission round: people rank sessions, criteria and a lottery rank people, one run decides."""

from __future__ import annotations

from campus.lifecycles.machine import NEW, SAME, Machine
from campus.lifecycles.machine import Transition as Row

STAFF, PERSON, SERVICE = "staff", "person", "service"

LIVE = ("preparation", "open", "closed", "decided", "announced")

ADMISSION_ROUND = Machine(
    "admission_rounds",
    "Tour d'admission",
    (*LIVE, "finished", "cancelled"),
    (
        Row((NEW,), "create", "preparation", (STAFF,), "", ("hide_seed",), "", "created"),
        Row(("preparation",), "revise", SAME, (STAFF,), "nobody_waits_in_its_sessions", (), "", "revised"),
        Row(("preparation",), "open", "open", (STAFF,), "sessions_and_dates_are_ready", (), "", "opened"),
        Row(("open",), "enter", SAME, (PERSON,), "closing_day_is_to_come", (), "round_entered", "entered"),
        Row(LIVE[1:], "leave", SAME, (PERSON,), "", ("withdraw",), "", "left"),
        Row(("open",), "close", "closed", (STAFF, SERVICE), "closing_day_is_past", (), "", "closed"),
        Row(("closed",), "decide", "decided", (STAFF,), "", ("rank_people", "admit"), "", "decided"),
        Row(
            ("decided",),
            "announce",
            "announced",
            (STAFF,),
            "people_have_time_to_answer",
            ("show_seed", "offer_seats"),
            "round_unmet",
            "announced",
        ),
        Row(("announced",), "vacate", SAME, (SERVICE,), "free_seat", ("follow_chain",), "", "vacated"),
        Row(("announced",), "finish", "finished", (STAFF,), "", ("let_sessions_go",), "", "finished"),
        Row(
            ("preparation", "open", "closed", "decided"),
            "cancel",
            "cancelled",
            (STAFF,),
            "reason",
            ("let_sessions_go",),
            "round_cancelled",
            "cancelled",
        ),
    ),
)
