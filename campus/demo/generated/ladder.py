"""What firms say and sign about their needs, and how these end: covered, expired, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from campus.demo.generated.draw import Draw, Row, Table, logged
from campus.demo.generated.ledger import Ledger
from campus.demo.generated.needs import Followed
from campus.models import Commitment, random_id

LIFE, RENEWED = 90, 0.6
STEPS = (("confirmed", 0.62, (5, 90)), ("letter", 0.4, (5, 60)), ("contract", 0.2, (10, 90)))
WITHDRAWN = ("cancelled", "cancelled", "filled", "other")
AT_WORK = frozenset({"hired", "stayed"})


class Ladder:
    """Generated commitments, and the lives of needs."""

    def __init__(self, draw: Draw, ledger: Ledger) -> None:
        self.draw, self.ledger = draw, ledger
        self.rows: list[Row] = []
        self.log: list[Row] = []

    def tables(self) -> Iterator[Table]:
        """Give the rows."""
        yield "Engagements", Commitment, self.rows

    def live(self, need: Followed) -> None:
        """Declare and publish a need, let its posts have their story, and end it once its time has come."""
        row = need.row
        if not need.is_published:
            need.lines.update({post["number"]: [] for post in need.posts})
            return
        row["state"] = "in_moderation"
        self._move(need, "publish", "published", at=row["published_at"], by=self.draw.staff)
        self.ledger.tell(need)
        last = max((lines[-1]["at"] for lines in need.lines.values() if lines), default=row["published_at"])
        self.ledger.settle(need)
        if all(post["state"] in AT_WORK for post in need.posts):
            self._commit(need, until=last)
            self._move(need, "cover", "covered", at=last, by=None)
        else:
            self._age(need, last)

    def _age(self, need: Followed, last: datetime) -> None:
        """Renew a need every ninety days while something happens to it, and for as long as its firm answers."""
        draw, ends = self.draw, need.row["published_at"] + timedelta(days=LIFE)
        while ends <= draw.now and (ends <= last or draw.happens(RENEWED)):
            ends += timedelta(days=LIFE)
        need.row["expires_at"] = ends
        self._commit(need, until=min(ends, draw.now))
        if ends > draw.now:
            self._look_ahead(need)
        elif draw.happens(0.3):
            self._end(need, ends, "withdrawn", why=draw.luck.choice(WITHDRAWN))
        else:
            self._end(need, ends, "expired", why="expired")

    def _look_ahead(self, need: Followed) -> None:
        """Move the window of a need that lives on, as its firm does when it renews."""
        if need.row["latest"] <= self.draw.today:
            start = self.draw.later(self.draw.today, 30, 120)
            need.row |= {"earliest": start, "latest": start + timedelta(days=90)}

    def _end(self, need: Followed, at: datetime, state: str, *, why: str) -> None:
        by = need.row["author_id"] if state == "withdrawn" else None
        action, details = ("withdraw", {"why": why}) if state == "withdrawn" else ("expire", {})
        self._move(need, action, state, at=at, by=by, **details)
        for post in need.posts:
            if post["state"] not in {*AT_WORK, "lost"}:
                source = "firm" if by else "campus"
                self.ledger.rows.append(self.ledger.write(need, post, "lost", at=at, source=source, reason=why))
                post["state"] = "lost"
        standing = {line["step"]: line for line in self.rows[-len(STEPS) - 1 :] if line["need_id"] == need.row["id"]}
        self.rows += [
            line | {"id": random_id(), "at": at, "actor_id": by, "withdraws_id": line["id"], "reason": why}
            for line in standing.values()
        ]

    def _move(self, need: Followed, action: str, after: str, *, at: datetime, **said: Any) -> None:
        """Change a need's state, and write it down in the audit log."""
        details = {"before": need.row["state"], "after": after, **{key: said[key] for key in said.keys() - {"by"}}}
        need.row |= {"state": after, "updated_at": at}
        self.log.append(logged("needs", need.row["id"], action, at=at, actor=said.get("by"), details=details))

    def _commit(self, need: Followed, *, until: datetime) -> None:
        """Declare a need on the day it is published; some firms confirm it afterwards, fewer promise or sign."""
        row, luck = need.row, self.draw.luck.random()
        self._say(need, "declared", row["posts"], at=row["published_at"])
        at = row["published_at"]
        for step, share, (fewest, most) in STEPS:
            at = self.draw.within(self.draw.later(at.date(), fewest, most))
            if luck <= share and row["published_at"] < at < until:
                self._say(need, step, self.draw.luck.randint((row["posts"] + 1) // 2, row["posts"]), at=at)

    def _say(self, need: Followed, step: str, posts: int, *, at: datetime) -> None:
        reference = need.row["reference"]
        evidence = {
            "declared": {"reference": reference},
            "confirmed": {},
            "letter": {"number": f"L-{reference}", "signatory": "Claude Martin"},
            "contract": {"kind": "poei", "reference": reference, "signed_on": at.date().isoformat()},
        }
        self.rows.append(
            {
                "id": random_id(),
                "organisation_id": need.row["organisation_id"],
                "need_id": need.row["id"],
                "step": step,
                "posts": posts,
                "at": at,
                "actor_id": need.row["author_id"],
                "evidence": evidence[step],
                "reason": "",
                "withdraws_id": None,
            }
        )
