"""One post of a need, as the coverage ledger tells it: each verb is a kind of line about one candidate.

A second witness may say again that somebody was hired or stayed, and may say so after another has denied it: both
lines are kept, and the fold (campus/lifecycles/coverage.py) tells the disagreement.
"""

from __future__ import annotations

from campus.lifecycles.machine import Machine
from campus.lifecycles.machine import Transition as Row

STAFF, FIRM, PERSON, TRAINER, SERVICE = "staff", "firm", "person", "trainer", "service"
CHAIN = ("proposed", "reserved", "enrolled", "started", "completed", "presented", "hired", "stayed")
WITNESSED = frozenset({"hired", "stayed"})
WHO = {
    "proposed": (STAFF, FIRM, SERVICE),
    "reserved": (STAFF, FIRM, SERVICE),
    "enrolled": (STAFF, PERSON, SERVICE),
    "started": (STAFF, TRAINER, SERVICE),
    "completed": (STAFF, TRAINER, SERVICE),
    "presented": (STAFF, FIRM),
    "hired": (STAFF, FIRM, PERSON),
    "stayed": (STAFF, FIRM, PERSON),
}


def starts_of(kind: str) -> tuple[str, ...]:
    """List from where a candidate may come to a step: from any before it; witnesses also after one another."""
    before = ("open", *CHAIN[: CHAIN.index(kind)])
    again = (*CHAIN[CHAIN.index("hired") :], "lost") if kind in WITNESSED else ()
    return tuple(dict.fromkeys((*before, *again)))


POST = Machine(
    "need_posts",
    "Poste (couverture)",
    ("open", *CHAIN, "lost"),
    (
        *(Row(starts_of(each), each, each, WHO[each], audit=each) for each in CHAIN),
        Row(("open", *CHAIN), "lost", "lost", (STAFF, FIRM, PERSON, TRAINER, SERVICE), "reason", audit="lost"),
        Row(
            CHAIN[: CHAIN.index("hired")],
            "obsolete",
            "lost",
            (SERVICE,),
            "post_is_filled_otherwise",
            ("untie",),
            "enrolment_obsolete",
            "obsolete",
        ),
        Row(("lost",), "reopened", "open", (STAFF, FIRM, SERVICE), "reason", audit="reopened"),
    ),
)
