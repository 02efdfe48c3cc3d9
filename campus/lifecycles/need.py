"""A firm's need. A draft is no need yet; how far its posts are covered is read in the ledger."""

from __future__ import annotations

from campus.lifecycles.machine import NEW, SAME, Machine
from campus.lifecycles.machine import Transition as Row

FIRM, STAFF, SERVICE = "firm", "staff", "service"

NEED = Machine(
    "needs",
    "Besoin",
    ("in_moderation", "to_clarify", "published", "expired", "withdrawn", "refused", "covered"),
    (
        Row((NEW,), "post", "in_moderation", (FIRM,), "complete", ("match",), "", "post"),
        Row(
            ("in_moderation", "to_clarify"),
            "publish",
            "published",
            (STAFF,),
            "",
            ("match",),
            "need_published",
            "publish",
        ),
        Row(
            ("in_moderation", "published"),
            "ask_precision",
            "to_clarify",
            (STAFF,),
            "reason",
            (),
            "need_to_clarify",
            "ask_precision",
        ),
        Row(
            ("in_moderation", "to_clarify"),
            "refuse",
            "refused",
            (STAFF,),
            "reason",
            (),
            "need_refused",
            "refuse",
        ),
        Row(("in_moderation", "published"), "revise", SAME, (FIRM,), "complete", ("match",), "", "revise"),
        Row(("to_clarify",), "answer", "in_moderation", (FIRM,), "complete", ("match",), "", "answer"),
        Row(
            ("in_moderation", "to_clarify", "published", "expired"),
            "withdraw",
            "withdrawn",
            (FIRM,),
            "",
            (),
            "",
            "withdraw",
        ),
        Row(("withdrawn",), "restore", SAME, (FIRM,), "within_ten_minutes", (), "", "restore"),
        Row(("published", "expired"), "renew", "published", (FIRM,), "", ("match",), "", "renew"),
        Row(
            ("published", "to_clarify"),
            "expire",
            "expired",
            (SERVICE,),
            "ninety_days",
            (),
            "need_expired",
            "expire",
        ),
        Row(("published",), "cover", "covered", (SERVICE,), "every_post_is_filled", (), "", "cover"),
        Row(("covered",), "uncover", "published", (SERVICE,), "a_post_is_open_again", ("match",), "", "uncover"),
    ),
)
