"""Seats that a firm keeps for its staff or its posts, and for which it names people until a date."""

from __future__ import annotations

from campus.lifecycles.machine import NEW, SAME, Machine
from campus.lifecycles.machine import Transition as Row

FIRM, STAFF, SERVICE = "firm", "staff", "service"

RESERVATION = Machine(
    "seat_reservations",
    "Places réservées par une entreprise",
    ("open", "used", "returned"),
    (
        Row(
            (NEW,),
            "reserve",
            "open",
            (FIRM, STAFF),
            "free_seats_and_nobody_waits",
            ("note_reserved",),
            "seats_reserved",
            "reserved",
        ),
        Row(("open",), "name", SAME, (FIRM, STAFF), "before_the_naming_date", (), "", "named"),
        Row(("open",), "use_up", "used", (SERVICE,), "every_seat_has_a_name", (), "", "used_up"),
        Row(("used", "open"), "free", "open", (SERVICE,), "before_the_naming_date", (), "", "freed"),
        Row(
            ("open",),
            "give_back",
            "returned",
            (FIRM, STAFF, SERVICE),
            "",
            ("free_unnamed", "note_returned", "offer_next"),
            "seats_returned",
            "returned",
        ),
    ),
)
