"""An application to a course session, from the first click to what was learnt.

Admission is by order of arrival: whoever finds a free seat holds it while the campus answers; the others wait, and a
freed seat is offered to the first of them at once. An offer has a deadline; the person's answer makes the seat sure.
"""

from __future__ import annotations

from campus.lifecycles.machine import NEW, Machine
from campus.lifecycles.machine import Transition as Row

PERSON, STAFF, TRAINER, FIRM, SERVICE = "person", "staff", "trainer", "firm", "service"

HOLDING = ("applied", "positioning", "admitted", "offered", "confirmed", "called_up", "attended")
WAITING = ("interested", "waitlisted")
LEARNT = ("completed", "completed_part")
OVER = ("dropped_out", "absent", "declined", "expired", "withdrawn", "refused", "redirected", "called_off")
BEFORE_THE_FIRST_DAY = ("applied", "positioning", "admitted", "offered", "confirmed", "called_up")
ARRIVES = "free_seat_and_nobody_waits"
FREES = ("free_seat", "offer_next")
LEAVES = ("note_lost", *FREES)
DONE = ("note_completed", "issue_proofs")

# A person who withdrew may come back for ten minutes, to the seat they held, while nobody waits for it.
RESTORED = ("applied", "positioning", "admitted", "confirmed", "called_up")
STILL_THERE = "seat_still_free_within_ten_minutes"

ENROLMENT = Machine(
    "enrolments",
    "Inscription",
    (*WAITING, *HOLDING, *LEARNT, *OVER),
    (
        # Coming in.
        Row((NEW,), "show_interest", "interested", (PERSON,), "no_dates", ("take_rank",), "interested", "interested"),
        Row((NEW,), "apply", "applied", (PERSON,), ARRIVES, (), "received", "applied"),
        Row((NEW,), "wait", "waitlisted", (PERSON,), "no_seat_for_a_newcomer", ("take_rank",), "waitlisted", "applied"),
        Row((NEW,), "arrive", "applied", (STAFF,), ARRIVES, ("note_proposed",), "moved", "moved"),
        Row(
            (NEW,),
            "arrive_offered",
            "offered",
            (STAFF,),
            ARRIVES,
            ("set_deadline", "note_proposed"),
            "offered",
            "moved",
        ),
        Row((NEW,), "arrive_confirmed", "confirmed", (STAFF,), ARRIVES, ("note_proposed",), "moved", "moved"),
        Row((NEW, *WAITING), "name", "offered", (FIRM, STAFF), "reserved_seat", ("set_deadline",), "reserved", "named"),
        # An admission round decides, and what comes free in it goes to whoever prefers it.
        Row((NEW,), "win", "offered", (STAFF, SERVICE), "free_seat", ("set_deadline",), "offered", "won"),
        Row(("offered",), "improve", "offered", (SERVICE,), "free_seat", ("set_deadline",), "improved", "improved"),
        # When dates are set, those who were interested are asked in order.
        Row(("interested",), "ask", "offered", (SERVICE,), "free_seat", ("set_deadline",), "offered", "offered"),
        Row(("interested",), "queue", "waitlisted", (SERVICE,), "", (), "waitlisted", "queued"),
        # The campus answers.
        Row(("applied",), "position", "positioning", (STAFF,), "", (), "positioning", "positioning"),
        Row(("applied", "positioning"), "admit", "admitted", (STAFF,), "", ("sign",), "", "admitted"),
        Row(
            ("interested", "waitlisted", "applied", "positioning"),
            "refuse",
            "refused",
            (STAFF,),
            "reason",
            ("sign", *LEAVES),
            "refused",
            "refused",
        ),
        # A seat is offered until a deadline.
        Row(("admitted",), "offer", "offered", (SERVICE,), "", ("set_deadline",), "offered", "offered"),
        Row(("waitlisted",), "offer", "offered", (SERVICE,), "free_seat", ("set_deadline",), "offered", "offered"),
        Row(
            ("offered", "admitted"),
            "accept",
            "confirmed",
            (PERSON, STAFF),
            "in_time",
            ("note_enrolled",),
            "confirmed",
            "confirmed",
        ),
        Row(("offered",), "decline", "declined", (PERSON, STAFF), "", LEAVES, "declined", "declined"),
        Row(("offered",), "expire", "expired", (SERVICE,), "late", LEAVES, "expired", "expired"),
        # The course itself.
        Row(("confirmed",), "call_up", "called_up", (STAFF, SERVICE), "", ("issue_call_up",), "called_up", "called_up"),
        Row(
            ("confirmed", "called_up"),
            "attend",
            "attended",
            (STAFF, TRAINER, SERVICE),
            "",
            ("note_started",),
            "",
            "attended",
        ),
        Row(
            ("confirmed", "called_up"),
            "miss",
            "absent",
            (STAFF, TRAINER),
            "",
            LEAVES,
            "absent",
            "absent",
        ),
        Row(("attended",), "complete", "completed", (STAFF, TRAINER), "", DONE, "", "completed"),
        Row(
            ("attended",),
            "complete_part",
            "completed_part",
            (STAFF, TRAINER),
            "",
            DONE,
            "",
            "completed_part",
        ),
        Row(
            ("attended",),
            "drop_out",
            "dropped_out",
            (PERSON, STAFF, TRAINER),
            "reason",
            LEAVES,
            "dropped_out",
            "dropped_out",
        ),
        # Leaving, and coming back at once.
        *(
            Row(("withdrawn",), f"restore_{state}", state, (PERSON,), STILL_THERE, ("note_proposed",), "", "restored")
            for state in RESTORED
        ),
        Row(
            (*WAITING, *BEFORE_THE_FIRST_DAY),
            "withdraw",
            "withdrawn",
            (PERSON, STAFF, SERVICE),
            "",
            LEAVES,
            "withdrawn",
            "withdrawn",
        ),
        Row(
            (*WAITING, *BEFORE_THE_FIRST_DAY),
            "redirect",
            "redirected",
            (STAFF,),
            "reason",
            ("sign", *LEAVES),
            "",
            "redirected",
        ),
        # The session itself is given up.
        Row(
            (*WAITING, *BEFORE_THE_FIRST_DAY),
            "call_off",
            "called_off",
            (STAFF,),
            "reason",
            ("sign", *LEAVES),
            "called_off",
            "called_off",
        ),
    ),
)

SEAT_OFFER = ENROLMENT.seen_through(
    "seat_offers",
    "Liste d'attente et place proposée",
    {
        "interested": "interested",
        "waitlisted": "waiting",
        "offered": "offered",
        "confirmed": "accepted",
        "declined": "declined",
        "expired": "expired",
        "withdrawn": "left",
        "redirected": "left",
        "refused": "left",
        "called_off": "left",
    },
)
